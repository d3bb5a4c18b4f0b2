package io.apiguard.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, or a range of them (Cedar Policy Language Reference, "ipaddr"). The bits behind the prefix are kept: {@code 10.0.0.1/24} is
 * another value than {@code 10.0.0.2/24}.
 *
 * @param version6 whether it is of IPv6
 * @param high the first 64 bits of an address of IPv6, else 0
 * @param low the last 64 bits, or the 32 bits of an address of IPv4
 * @param prefix the length of the prefix, that of a whole address if it is one
 */
public record IpAddressValue(boolean version6, long high, long low, int prefix) implements Value {

    private static final int MAXIMUM_LENGTH = 43;
    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;

    /**
     * Checks the parts against each other.
     *
     * @throws CedarException if they are of no address
     */
    public IpAddressValue {
        boolean fits = version6 ? prefix <= BITS_6 : prefix <= BITS_4 && high == 0 && low >>> BITS_4 == 0;
        if (prefix < 0 || !fits) {
            throw new CedarException("no IP address has these bits, or a prefix of " + prefix);
        }
    }

    /**
     * Reads an address, perhaps with a slash and a prefix length. Nothing is resolved.
     *
     * @param text any text
     * @return the address, or {@code null} if the text is none
     */
    public static @Nullable IpAddressValue parse(String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            return null;
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean version6 = address.indexOf(':') >= 0;
        int prefix = version6 ? BITS_6 : BITS_4;
        if (slash >= 0) {
            int length = prefix(text, slash + 1, version6 ? 3 : 2);
            if (length < 0 || length > prefix) {
                return null;
            }
            prefix = length;
        }
        return version6 ? version6(address, prefix) : version4(address, prefix);
    }

    private static int prefix(String text, int from, int maximumDigits) {
        Digits digits = new Digits(text, from);
        int length = digits.plain(maximumDigits);
        return digits.isAtEnd() ? length : -1;
    }

    private static @Nullable IpAddressValue version4(String address, int prefix) {
        Digits digits = new Digits(address, 0);
        long bits = 0;
        for (int i = 0; i < 4; i++) {
            int octet = i == 0 || digits.take('.') ? digits.plain(3) : -1;
            if (octet < 0 || octet > 255) {
                return null;
            }
            bits = bits << 8 | octet;
        }
        return digits.isAtEnd() ? new IpAddressValue(false, 0, bits, prefix) : null;
    }

    /** RFC 4291 section 2.2, forms 1 and 2; two colons stand for one group of zeros or more. */
    private static @Nullable IpAddressValue version6(String address, int prefix) {
        int gap = address.indexOf("::");
        int[] head = groups(gap < 0 ? address : address.substring(0, gap));
        int[] tail = groups(gap < 0 ? "" : address.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int told = head.length + tail.length;
        if (gap < 0 ? told != 8 : told > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            int fromEnd = i - 8 + tail.length;
            long group = i < head.length ? head[i] : fromEnd >= 0 ? tail[fromEnd] : 0;
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return new IpAddressValue(true, high, low, prefix);
    }

    private static int @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            groups[i] = group(parts[i]);
            if (groups[i] < 0) {
                return null;
            }
        }
        return groups;
    }

    private static int group(String text) {
        int group = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) > 'f' ? -1 : Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            group = group << 4 | digit;
        }
        return text.isEmpty() || text.length() > 4 ? -1 : group;
    }

    /** Returns whether all addresses are loopback addresses, of {@code 127.0.0.0/8} or {@code ::1}. */
    public boolean isLoopback() {
        return version6 ? high == 0 && low == 1 && prefix == BITS_6 : low >>> 24 == 127 && prefix >= 8;
    }

    /** Returns whether all addresses are multicast addresses, of {@code 224.0.0.0/4} or {@code ff00::/8}. */
    public boolean isMulticast() {
        return version6 ? high >>> 56 == 0xff && prefix >= 8 : low >>> 28 == 14 && prefix >= 4;
    }

    /**
     * Returns whether all addresses are among those of a range; never between the two versions.
     *
     * @param range any address or range
     */
    public boolean isInRange(IpAddressValue range) {
        if (version6 != range.version6 || prefix < range.prefix) {
            return false;
        }
        return version6 ? sameBits(range) : (low ^ range.low) >>> (BITS_4 - range.prefix) == 0;
    }

    private boolean sameBits(IpAddressValue range) {
        int length = range.prefix;
        return length <= 64
                ? ((high ^ range.high) & mask(length)) == 0
                : high == range.high && ((low ^ range.low) & mask(length - 64)) == 0;
    }

    /** Returns a word whose first bits are ones. */
    private static long mask(int length) {
        return length == 0 ? 0 : -1L << (64 - length);
    }

    @Override
    public String typeName() {
        return "ipaddr";
    }

    /** Returns the address as {@link #parse} reads it, with the prefix unless it is of one whole address. */
    public String text() {
        String suffix = prefix == (version6 ? BITS_6 : BITS_4) ? "" : "/" + prefix;
        return (version6 ? text6() : text4()) + suffix;
    }

    private String text4() {
        return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }

    private String text6() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            long word = i < 4 ? high : low;
            text.append(i == 0 ? "" : ":").append(Long.toHexString(word >>> (48 - 16 * (i % 4)) & 0xffff));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "ip(\"" + text() + "\")";
    }
}
