package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ListedApiKey;
import io.apiguard.http.AddressBlock;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One key as one line of text. */
final class KeyLine {

    static final String HEADING = String.join(
            "\t",
            "id",
            "state",
            "subject",
            "tenant",
            "scopes",
            "roles",
            "allowed",
            "created",
            "expires",
            "last-used",
            "replaced-by",
            "secret");

    private KeyLine() {}

    static String of(ListedApiKey key) {
        ApiKeyRecord stored = key.stored();
        ApiKeyGrant grant = stored.grant();
        return Stream.of(
                        stored.id(),
                        word(key.state()),
                        grant.subject(),
                        cell(grant.tenant()),
                        list(grant.scopes()),
                        list(grant.roles()),
                        list(grant.allowedAddresses().stream()
                                .map(AddressBlock::toString)
                                .toList()),
                        cell(stored.createdAt()),
                        cell(grant.expiresAt()),
                        cell(stored.lastUsedAt()),
                        cell(stored.replacedBy()),
                        stored.secretKeyId() + " (" + word(key.hashedWith()) + ")")
                .map(KeyLine::printable)
                .collect(Collectors.joining("\t"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String list(Collection<String> names) {
        return names.isEmpty() ? "-" : String.join(",", new TreeSet<>(names));
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    /** No stored text moves the cursor or makes a line of its own. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
