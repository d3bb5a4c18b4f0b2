package io.apiguard.authn;

/**
 * What becomes of a request with an access token and a client certificate, where a certificate by itself is a credential.
 *
 * <p>Where it is none, it is a matter of the connection, and every token may come with it.
 */
public enum CertificateWithToken {
    /** They are two credentials, which is one too many (400). */
    REFUSE,
    /** They are one credential if the token is bound to the certificate (RFC 8705 section 3), and the caller is the token's; else they are two. */
    BOUND,
    /** They are one credential, and the caller is the token's, whatever the certificate says; a token that is bound needs its own. */
    ANY
}
