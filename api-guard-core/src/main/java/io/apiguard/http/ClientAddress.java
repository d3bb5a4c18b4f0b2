package io.apiguard.http;

import org.jspecify.annotations.Nullable;

/**
 * The address that a request came from, with the key under which a limit counts it.
 *
 * <p>Whoever has an IPv6 address has a whole /64 of them (RFC 7934 section 6), so the network is the key. Immutable and
 * thread-safe.
 */
public final class ClientAddress {

    private static final int NETWORK_BITS = 64;

    private final IpAddress address;
    private final String text;
    private final String limitKey;

    private ClientAddress(IpAddress address, String text, String limitKey) {
        this.address = address;
        this.text = text;
        this.limitKey = limitKey;
    }

    /**
     * Returns the client address for an address.
     *
     * @param address the address
     * @return the client address
     */
    public static ClientAddress of(IpAddress address) {
        String text = address.toString();
        String key = address.isV4() ? text : address.network(NETWORK_BITS) + "/" + NETWORK_BITS;
        return new ClientAddress(address, text, key);
    }

    /** {@return the address} */
    public IpAddress address() {
        return address;
    }

    /** {@return the IPv4 address, or the IPv6 /64 network in CIDR notation} */
    public String limitKey() {
        return limitKey;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** {@return the literal of the address} */
    @Override
    public String toString() {
        return text;
    }
}
