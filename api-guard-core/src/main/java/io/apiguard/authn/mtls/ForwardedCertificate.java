package io.apiguard.authn.mtls;

/** By which fields a trusted proxy that ends TLS tells the client's certificate. */
public enum ForwardedCertificate {
    /** None: only clients that connect to this server itself can have a certificate. */
    NONE,
    /** {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440). */
    CLIENT_CERT,
    /** Envoy's {@code X-Forwarded-Client-Cert}, with {@code Cert} or {@code Chain} in each element. */
    X_FORWARDED_CLIENT_CERT
}
