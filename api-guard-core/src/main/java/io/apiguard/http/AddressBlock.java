package io.apiguard.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR notation such as {@code 10.0.0.0/8} (RFC 4632 section 3.1), or a single address.
 *
 * <p>A block holds addresses of its own family only: {@code ::/0} holds no IPv4 address. Immutable and thread-safe.
 */
public final class AddressBlock {

    private final IpAddress network;
    private final int prefix;

    private AddressBlock(IpAddress network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a block.
     *
     * @param text an address, a slash and the number of leading bits that count; or an address alone
     * @return the block
     * @throws IllegalArgumentException if the text is not a block, or has bits set beyond its prefix; the message says
     *     so
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        Optional<IpAddress> parsed = IpAddress.parse(address);
        if (parsed.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address block: write 10.0.0.0/8 or 2001:db8::/32");
        }
        IpAddress network = parsed.get();
        int prefix = slash < 0 ? network.bits() : prefix(text, slash, network);
        if (!network.network(prefix).equals(network)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits set beyond its prefix: write " + network.network(prefix) + "/" + prefix);
        }
        return new AddressBlock(network, prefix);
    }

    private static int prefix(String text, int slash, IpAddress network) {
        String digits = text.substring(slash + 1);
        boolean mapped = network.isV4() && text.lastIndexOf(':', slash) >= 0;
        int prefix = Syntax.isDigits(digits, 3) ? Integer.parseInt(digits) - (mapped ? 96 : 0) : -1;
        if (prefix < 0 || prefix > network.bits() || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length from 0 to " + network.bits());
        }
        return prefix;
    }

    /**
     * Returns whether an address lies in this block.
     *
     * @param address the address
     * @return whether it does
     */
    public boolean contains(IpAddress address) {
        return address.isV4() == network.isV4() && address.network(prefix).equals(network);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressBlock that && prefix == that.prefix && network.equals(that.network);
    }

    @Override
    public int hashCode() {
        return 31 * network.hashCode() + prefix;
    }

    /** {@return the block in CIDR notation} */
    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
