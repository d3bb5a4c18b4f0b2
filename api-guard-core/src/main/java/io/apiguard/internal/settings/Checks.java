package io.apiguard.internal.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that values of settings share; each throws {@link SettingsException} with the given key. */
public final class Checks {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]++");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Checks() {}

    /**
     * Demands a number within bounds, both inclusive.
     *
     * @param key the setting
     * @param value its value
     * @param least the smallest value allowed
     * @param most the greatest value allowed
     */
    public static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw SettingsException.of(key, "is " + value, "Use a number from " + least + " to " + most);
        }
    }

    /**
     * Demands a duration within bounds, both inclusive.
     *
     * @param key the setting
     * @param value its value
     * @param least the shortest allowed
     * @param most the longest allowed
     */
    public static void range(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw SettingsException.of(
                    key, "is " + Texts.of(value), "Use a duration from " + Texts.of(least) + " to " + Texts.of(most));
        }
    }

    /**
     * Demands that a condition holds.
     *
     * @param holds whether it does
     * @param key the setting
     * @param problem what is wrong if it does not
     * @param remedy what to do then
     */
    public static void that(boolean holds, String key, String problem, String remedy) {
        if (!holds) {
            throw SettingsException.of(key, problem, remedy);
        }
    }

    /**
     * Demands that every value is a token of RFC 9110 section 5.6.2, such as a method or a field name.
     *
     * @param key the setting
     * @param values its values
     */
    public static void tokens(String key, Collection<String> values) {
        for (String value : values) {
            that(
                    TOKEN.matcher(value).matches(),
                    key,
                    "has " + Texts.quote(value) + ", which is no HTTP token",
                    "Use letters, digits and hyphens");
        }
    }

    /**
     * Demands an absolute {@code https} URL, or {@code http} to this very machine where that is allowed, without user information and
     * fragment. A message never shows the value: it may hold a password.
     *
     * @param key the setting
     * @param value its value
     * @param loopbackHttp whether {@code http} to a loopback host is allowed
     */
    public static void url(String key, String value, boolean loopbackHttp) {
        URI uri = parse(key, value);
        String host = uri.getHost();
        that(
                host != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null,
                key,
                "is no absolute URL of a host",
                "Write it as https://host/path, without user information and fragment");
        boolean loopback = loopbackHttp && host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
        that(
                "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback),
                key,
                "is a URL that is not protected by TLS",
                "Use https; http is possible on a loopback address with allow-loopback-http: true");
    }

    private static URI parse(String key, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw SettingsException.of(key, "is no URL", "Write it as https://host/path");
        }
    }
}
