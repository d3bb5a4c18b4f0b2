package io.apiguard.identity;

/** How a caller was authenticated. */
public enum AuthenticationMethod {
    /** A signed JSON Web Token, presented as a bearer token (RFC 6750). */
    JWT,
    /** An API key that this service issued. */
    API_KEY
}
