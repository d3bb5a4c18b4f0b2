package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.util.regex.Pattern;

/**
 * What the header fields of answers say.
 *
 * @param realm the realm in WWW-Authenticate (RFC 9110 section 11.5)
 */
public record HeadersSettings(
        @Setting(description = "The realm in WWW-Authenticate (RFC 9110 section 11.5).", defaultValue = "api")
        String realm) {

    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1,100}");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public HeadersSettings {
        Checks.that(
                REALM.matcher(realm).matches(),
                "realm",
                "is " + Texts.quote(realm),
                "Use 1 to 100 printable ASCII characters without quotes and backslashes");
    }
}
