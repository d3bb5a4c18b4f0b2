package io.apiguard.ratelimit;

/** Whose requests a limit counts together. */
public enum LimitKey {
    /** One caller: issuer and subject; the client address for a caller without an identity. */
    IDENTITY,
    /** One tenant; the caller for one without a tenant, the client address for one without an identity. */
    TENANT,
    /** One API key; the caller for one without an API key, the client address for one without an identity. */
    API_KEY,
    /** One client address: an IPv4 address, or an IPv6 /64 network. */
    CLIENT_ADDRESS
}
