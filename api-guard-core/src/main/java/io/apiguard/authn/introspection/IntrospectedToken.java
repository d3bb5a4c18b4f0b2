package io.apiguard.authn.introspection;

import io.apiguard.identity.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that its issuer says is active: only an {@link IntrospectionVerifier} can make one.
 *
 * <p>It was valid at the moment of the check; whoever keeps one must look at {@link #expiresAt()}. Immutable and
 * thread-safe. {@code toString} shows no claim.
 */
public final class IntrospectedToken {

    private final Map<String, @Nullable Object> claims;
    private final Identity identity;
    private final Instant expiresAt;
    private final @Nullable Instant notBefore;
    private final String fingerprint;

    IntrospectedToken(
            Map<String, @Nullable Object> claims,
            Identity identity,
            Instant expiresAt,
            @Nullable Instant notBefore,
            String fingerprint) {
        this.claims = claims;
        this.identity = identity;
        this.expiresAt = expiresAt;
        this.notBefore = notBefore;
        this.fingerprint = fingerprint;
    }

    /** Returns who the token speaks for: {@code sub}, or the client if the token is not about a person. */
    public Identity identity() {
        return identity;
    }

    /**
     * Returns all that the issuer answered, unmodifiable; values are strings, numbers, booleans, lists, maps, or {@code
     * null}. {@code username} is for display only: it is no name that the issuer promises to be stable or unique (RFC
     * 7662 section 2.2).
     */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    /**
     * Returns the instant from which on the token is not valid any more: {@code exp}, or for a token without it the
     * bound that the verifier was given.
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Returns the instant before which the token is not valid ({@code nbf}), if it names one. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** Returns what stands for the token in audit and metrics; see {@link io.apiguard.secret.Fingerprint}. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "IntrospectedToken[" + fingerprint + "]";
    }
}
