package io.apiguard.http;

/** Which fields trusted proxies use to tell what they forward; a guard believes exactly one family. */
public enum ForwardedFamily {
    /** None: the connection's other end is the client. */
    NONE,
    /** The Forwarded field (RFC 7239). */
    FORWARDED,
    /** X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host. */
    X_FORWARDED
}
