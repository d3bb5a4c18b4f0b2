package io.apiguard.authn.dpop;

import io.apiguard.http.Authority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The URI that a request is for, without query and fragment, in the normal form of RFC 3986 sections 6.2.2 and 6.2.3:
 * scheme and host in lower case, no default port, no needless percent-encoding, no dot segments, no empty path. Two
 * URIs are the same exactly if their texts are.
 */
record TargetUri(String text) {

    private static final String UNRESERVED_MARKS = "-._~";

    /** Reads an absolute http or https URI; {@code null} if it is none, or has user information. */
    static @Nullable TargetUri parse(String uri) {
        int colon = uri.indexOf("://");
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return null;
        }
        int end = endOfPath(uri);
        int slash = uri.indexOf('/', colon + 3);
        int path = slash < 0 || slash > end ? end : slash;
        return Authority.parse(uri.substring(colon + 3, path))
                .map(authority -> of(scheme, authority, uri.substring(path, end)))
                .orElse(null);
    }

    /** RFC 9449 section 4.3 item 9: query and fragment are ignored. */
    private static int endOfPath(String uri) {
        int end = 0;
        while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
            end++;
        }
        return end;
    }

    /** Returns the URI of a path as received, which is empty or begins with a slash. */
    static TargetUri of(String scheme, Authority authority, String rawPath) {
        int defaultPort = scheme.equals("https") ? 443 : 80;
        String host = authority.port() == defaultPort ? authority.host() : authority.toString();
        return new TargetUri(scheme + "://" + host + withoutDots(decoded(rawPath)));
    }

    /** Unreserved characters as themselves, the hexadecimal digits of all others in upper case (section 6.2.2). */
    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int octet = path.charAt(i) == '%' ? octet(path, i + 1) : -1;
            if (octet < 0) {
                decoded.append(path.charAt(i));
            } else {
                append(decoded, octet);
                i += 2;
            }
        }
        return decoded.toString();
    }

    private static int octet(String path, int at) {
        if (at + 2 > path.length() || path.charAt(at) > 'f' || path.charAt(at + 1) > 'f') {
            return -1;
        }
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void append(StringBuilder decoded, int octet) {
        if (isUnreserved((char) octet)) {
            decoded.append((char) octet);
        } else {
            decoded.append('%').append(digit(octet >> 4)).append(digit(octet & 15));
        }
    }

    private static char digit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDots(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.add(segment);
            }
        }
        String last = segments[segments.length - 1];
        if (last.equals(".") || last.equals("..")) {
            kept.add("");
        }
        return "/" + String.join("/", kept);
    }
}
