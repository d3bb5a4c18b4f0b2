package io.apiguard.identity;

/** How a caller was authenticated. */
public enum AuthenticationMethod {
    /** A signed JSON Web Token, presented as a bearer token (RFC 6750) or bound to a key (RFC 9449, RFC 8705). */
    JWT,
    /** A token that only its issuer can read, judged by introspection (RFC 7662). */
    OPAQUE_TOKEN,
    /** An API key that this service issued. */
    API_KEY,
    /** A client certificate whose key the caller holds (RFC 8446 section 4.4.2). */
    MUTUAL_TLS,
    /** A signature over the request itself (RFC 9421). */
    HTTP_SIGNATURE
}
