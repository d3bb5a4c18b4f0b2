package io.apiguard.internal.http;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for addresses that secrets are sent to or keys come from: https, or by explicit name http on loopback. */
public final class SecureAddress {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

    private SecureAddress() {}

    /**
     * Returns what is wrong with an address, as the end of a sentence that begins with it, or {@code null} if nothing
     * is.
     *
     * @param uri the address
     * @param loopback whether plain http is permitted on loopback
     */
    public static @Nullable String fault(URI uri, boolean loopback) {
        if (uri.getScheme() == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            return "is not an absolute https address without user and fragment; correct it";
        }
        boolean https = uri.getScheme().equalsIgnoreCase("https");
        boolean local = loopback
                && uri.getScheme().equalsIgnoreCase("http")
                && LOOPBACK.matcher(uri.getHost()).matches();
        return https || local
                ? null
                : "is not https; use https (plain http is for loopback alone, with allowInsecureLoopback())";
    }
}
