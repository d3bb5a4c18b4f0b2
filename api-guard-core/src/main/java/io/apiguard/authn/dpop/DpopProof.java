package io.apiguard.authn.dpop;

import java.time.Instant;

/**
 * A proof that was judged right for its request and its access token: only a {@link DpopVerifier} can make one.
 *
 * <p>It says that the sender holds some key. Whether it is the key of the token, and whether the proof was used before,
 * is for {@link DpopVerifier#confirm} to say. Immutable and thread-safe. {@code toString} shows the thumbprint only.
 */
public final class DpopProof {

    private final String thumbprint;
    private final String id;
    private final Instant issuedAt;
    private final String tokenHash;

    DpopProof(String thumbprint, String id, Instant issuedAt, String tokenHash) {
        this.thumbprint = thumbprint;
        this.id = id;
        this.issuedAt = issuedAt;
        this.tokenHash = tokenHash;
    }

    /** Returns the SHA-256 thumbprint (RFC 7638) of the key that the proof is signed with, base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    /** Returns the proof's own id ({@code jti}). */
    public String id() {
        return id;
    }

    /** Returns when the proof was made, by the sender's clock ({@code iat}). */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** The {@code ath}; the empty string where there was no token. */
    String tokenHash() {
        return tokenHash;
    }

    @Override
    public String toString() {
        return "DpopProof[" + thumbprint + "]";
    }
}
