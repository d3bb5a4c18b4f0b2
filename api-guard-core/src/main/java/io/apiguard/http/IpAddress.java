package io.apiguard.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address, read from its literal and never looked up.
 *
 * <p>An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}, RFC 4291 section 2.5.5.2) is the IPv4 address it stands
 * for. Immutable and thread-safe.
 */
public final class IpAddress {

    private static final int LONGEST_LITERAL = 45;

    private final boolean v4;
    private final long high;
    private final long low;

    private IpAddress(boolean v4, long high, long low) {
        this.v4 = v4;
        this.high = high;
        this.low = low;
    }

    static IpAddress v4(long bits) {
        return new IpAddress(true, 0, bits);
    }

    /** An IPv4-mapped address becomes the IPv4 address. */
    static IpAddress v6(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF ? v4(low & 0xFFFFFFFFL) : new IpAddress(false, high, low);
    }

    /**
     * Reads a literal: four decimal numbers without leading zeros, or an IPv6 address (RFC 4291 section 2.2) without
     * brackets and without a zone.
     *
     * @param text the literal
     * @return the address, or nothing if the text is not one
     */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > LONGEST_LITERAL) {
            return Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return Optional.ofNullable(parseV6(text));
        }
        long bits = parseV4(text);
        return bits < 0 ? Optional.empty() : Optional.of(v4(bits));
    }

    /**
     * Reads the address of a connection's other end as a server reports it: as {@link #parse}, but a zone ({@code
     * fe80::1%eth0}) is left out, since it names an interface of this host.
     *
     * @param text the literal
     * @return the address, or nothing if the text is not one
     */
    public static Optional<IpAddress> parsePeer(String text) {
        int zone = text.indexOf('%');
        return parse(zone > 0 && text.indexOf(':') >= 0 ? text.substring(0, zone) : text);
    }

    /** Returns the 32 bits, or -1. */
    private static long parseV4(String text) {
        long bits = 0;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', from);
            int to = i == 3 ? text.length() : dot;
            if (to < 0 || (i == 3 && dot >= 0)) {
                return -1;
            }
            int octet = octet(text, from, to);
            if (octet < 0) {
                return -1;
            }
            bits = bits << 8 | octet;
            from = to + 1;
        }
        return bits;
    }

    private static int octet(String text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!Syntax.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value > 255 ? -1 : value;
    }

    private static @Nullable IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text, true);
            return groups == null || groups.length != 8 ? null : join(groups, new int[0]);
        }
        int[] before = groups(text.substring(0, gap), false);
        int[] after = groups(text.substring(gap + 2), true);
        return before == null || after == null || before.length + after.length > 7 ? null : join(before, after);
    }

    /** Reads groups of four hexadecimal digits; the last two may be written as an IPv4 address. */
    private static int @Nullable [] groups(String text, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] words = text.split(":", -1);
        String last = words[words.length - 1];
        boolean endsInV4 = mayEndInV4 && last.indexOf('.') >= 0;
        int[] groups = new int[words.length + (endsInV4 ? 1 : 0)];
        for (int i = 0; i < words.length - (endsInV4 ? 1 : 0); i++) {
            groups[i] = group(words[i]);
            if (groups[i] < 0) {
                return null;
            }
        }
        return endsInV4 && !putV4(last, groups) ? null : groups;
    }

    private static boolean putV4(String text, int[] groups) {
        long bits = parseV4(text);
        groups[groups.length - 2] = (int) (bits >>> 16);
        groups[groups.length - 1] = (int) (bits & 0xFFFF);
        return bits >= 0;
    }

    private static int group(String word) {
        if (word.isEmpty() || word.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = word.charAt(i) < 128 ? Character.digit(word.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static IpAddress join(int[] before, int[] after) {
        long[] halves = new long[2];
        for (int i = 0; i < 8; i++) {
            int fromEnd = i - (8 - after.length);
            long group = i < before.length ? before[i] : fromEnd >= 0 ? after[fromEnd] : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return v6(halves[0], halves[1]);
    }

    /** {@return whether this is an IPv4 address} */
    public boolean isV4() {
        return v4;
    }

    /** {@return whether this is an address of the host itself: 127.0.0.0/8 or ::1} */
    public boolean isLoopback() {
        return v4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** {@return how many bits an address of this family has, 32 or 128} */
    int bits() {
        return v4 ? 32 : 128;
    }

    /** {@return this address with all but its first bits set to zero} */
    IpAddress network(int prefix) {
        if (v4) {
            return v4(prefix == 0 ? 0 : low & (0xFFFFFFFFL << (32 - prefix)) & 0xFFFFFFFFL);
        }
        long first = prefix == 0 ? 0 : prefix >= 64 ? high : high & (-1L << (64 - prefix));
        long second = prefix <= 64 ? 0 : low & (-1L << (128 - prefix));
        return new IpAddress(false, first, second);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && v4 == that.v4 && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** {@return the literal; an IPv6 address in the form of RFC 5952} */
    @Override
    public String toString() {
        if (v4) {
            return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i & 3)) & 0xFFFF);
        }
        return text(groups);
    }

    private static String text(int[] groups) {
        int gap = longestZeros(groups);
        int length = gap < 0 ? 0 : zerosFrom(groups, gap);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += length - 1;
            } else {
                boolean separated = text.isEmpty() || (i == gap + length && gap >= 0);
                text.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** The first of the longest runs of two or more zero groups, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = zerosFrom(groups, i);
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int zerosFrom(int[] groups, int from) {
        int to = from;
        while (to < 8 && groups[to] == 0) {
            to++;
        }
        return to - from;
    }
}
