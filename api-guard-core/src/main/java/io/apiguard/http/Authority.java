package io.apiguard.http;

import java.util.Optional;

/**
 * A host and perhaps a port, as in the Host field (RFC 9110 section 7.2).
 *
 * <p>Immutable and thread-safe; made by {@link #parse}.
 *
 * @param host the name in lower case, an IPv4 literal, or an IPv6 literal in the form of RFC 5952 in brackets
 * @param port the port, 1 to 65535, or {@value #NO_PORT} if none is given
 */
public record Authority(String host, int port) implements HostResult {

    /** The {@link #port()} of an authority without one. */
    public static final int NO_PORT = -1;

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Checks the members.
     *
     * @throws IllegalArgumentException if the host is none in its canonical form, or the port is out of range
     */
    public Authority {
        if (!host.equals(canonicalHost(host)) || (port != NO_PORT && (port < 1 || port > 65535))) {
            throw new IllegalArgumentException(
                    "an authority is a host in its canonical form and a port from 1 to 65535");
        }
    }

    /**
     * Reads an authority strictly: no user information, no percent-encoding, no empty label, no trailing dot; a host
     * whose last label is all digits must be an IPv4 address.
     *
     * @param text the text
     * @return the authority, or nothing if the text is not one
     */
    public static Optional<Authority> parse(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = canonicalHost(colon < 0 ? text : text.substring(0, colon));
        int port = colon < 0 ? NO_PORT : port(text.substring(colon + 1));
        return host.isEmpty() || port == 0 ? Optional.empty() : Optional.of(new Authority(host, port));
    }

    /** Returns the port, or 0 if the text is none. */
    private static int port(String digits) {
        int port = Syntax.isDigits(digits, 5) && digits.charAt(0) != '0' ? Integer.parseInt(digits) : 0;
        return port > 65535 ? 0 : port;
    }

    /** Returns the host in its canonical form, or the empty string. */
    private static String canonicalHost(String text) {
        if (text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0) {
            return IpAddress.parse(text.substring(1, text.length() - 1))
                    .map(address -> address.isV4() ? address.toString() : "[" + address + "]")
                    .orElse("");
        }
        return isName(text) ? Syntax.lower(text) : "";
    }

    private static boolean isName(String text) {
        if (text.length() > LONGEST_NAME) {
            return false;
        }
        int label = 0;
        boolean digits = true;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (i == label || i - label > LONGEST_LABEL) {
                    return false;
                }
                boolean last = i == text.length();
                if (last && digits) {
                    return IpAddress.parse(text).isPresent();
                }
                label = i + 1;
                digits = true;
            } else if (!Syntax.isAlphanumeric(c) && c != '-' && c != '_') {
                return false;
            } else {
                digits &= Syntax.isDigit(c);
            }
        }
        return true;
    }

    /** {@return the authority as it stands in a Host field} */
    @Override
    public String toString() {
        return port == NO_PORT ? host : host + ":" + port;
    }
}
