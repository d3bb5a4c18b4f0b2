package io.apiguard.authn.dpop;

/** What is asked of the {@code nonce} of a proof (RFC 9449 section 9). */
public enum NonceMode {
    /** A nonce is neither given out nor looked at. */
    OFF,
    /** A nonce is given out; a proof may come without one, but not with another one. */
    OPTIONAL,
    /** A proof without a nonce of ours is sent back for one, so that none can be made in advance (section 11.2). */
    REQUIRED
}
