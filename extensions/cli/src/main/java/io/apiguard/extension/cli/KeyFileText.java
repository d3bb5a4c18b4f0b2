package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.http.AddressBlock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes keys as the guard reads them: YAML in which every value is a quoted text. */
final class KeyFileText {

    private KeyFileText() {}

    static String of(Collection<ApiKeyRecord> records) {
        if (records.isEmpty()) {
            return "keys: []\n";
        }
        return records.stream().map(KeyFileText::entry).collect(Collectors.joining("", "keys:\n", ""));
    }

    private static String entry(ApiKeyRecord record) {
        ApiKeyGrant grant = record.grant();
        return "  - id: " + quote(record.id()) + "\n"
                + line("hash", record.hash())
                + line("secret-key-id", record.secretKeyId())
                + line("subject", grant.subject())
                + line("tenant", grant.tenant())
                + list("scopes", grant.scopes())
                + list("roles", grant.roles())
                + list("allowed-addresses", addresses(grant))
                + line("expires", grant.expiresAt())
                + line("enabled", record.enabled() ? null : "false")
                + line("created", record.createdAt())
                + line("replaced-by", record.replacedBy());
    }

    private static List<String> addresses(ApiKeyGrant grant) {
        return grant.allowedAddresses().stream().map(AddressBlock::toString).toList();
    }

    private static String line(String name, @Nullable Object value) {
        return value == null ? "" : "    " + name + ": " + quote(value.toString()) + "\n";
    }

    private static String list(String name, Collection<String> values) {
        return values.stream()
                .sorted()
                .map(value -> "      - " + quote(value) + "\n")
                .reduce(String::concat)
                .map(lines -> "    " + name + ":\n" + lines)
                .orElse("");
    }

    /** A double-quoted scalar (YAML 1.2 section 7.3.1) with everything but plain ASCII escaped. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
            quoted.append(plain ? Character.toString(c) : String.format("\\U%08x", c));
        });
        return quoted.append('"').toString();
    }
}
