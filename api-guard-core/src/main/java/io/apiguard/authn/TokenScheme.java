package io.apiguard.authn;

/** The authentication schemes in which an access token is presented. */
public enum TokenScheme {
    /** Whoever has the token may use it (RFC 6750). */
    BEARER("Bearer"),
    /** The caller shows possession of the key that the token is bound to (RFC 9449). */
    DPOP("DPoP");

    private final String id;

    TokenScheme(String id) {
        this.id = id;
    }

    /** Returns the scheme as it stands in {@code Authorization} and {@code WWW-Authenticate}. */
    public String id() {
        return id;
    }
}
