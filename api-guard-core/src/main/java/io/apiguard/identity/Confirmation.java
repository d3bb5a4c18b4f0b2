package io.apiguard.identity;

import org.jspecify.annotations.Nullable;

/**
 * The key that a token is bound to (RFC 7800): whoever presents the token must show possession of it.
 *
 * <p>Immutable and thread-safe. Thumbprints are no secrets.
 *
 * @param jwkThumbprint SHA-256 thumbprint of a JSON Web Key in base64url without padding ({@code jkt}, RFC 9449 section 6.1), or {@code null}
 * @param certificateThumbprint SHA-256 of a certificate's DER form in base64url without padding ({@code x5t#S256}, RFC 8705 section 3.1), or
 *     {@code null}
 */
public record Confirmation(
        @Nullable String jwkThumbprint, @Nullable String certificateThumbprint) {

    /**
     * Checks that something is bound.
     *
     * @throws IllegalArgumentException if neither is given
     */
    public Confirmation {
        if (jwkThumbprint == null && certificateThumbprint == null) {
            throw new IllegalArgumentException("a confirmation needs the thumbprint of a key or of a certificate");
        }
    }
}
