package io.apiguard.authn.jwt;

import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature and claims have been checked: only a {@link JwtVerifier} can make one.
 *
 * <p>It was valid at the moment of the check; whoever keeps one must look at {@link #expiresAt()}. Immutable and
 * thread-safe. {@code toString} shows no claim.
 */
public final class VerifiedJwt {

    private final Map<String, @Nullable Object> claims;
    private final Set<String> audiences;
    private final Instant expiresAt;
    private final @Nullable Instant notBefore;
    private final @Nullable Instant issuedAt;
    private final Identity identity;
    private final String fingerprint;

    VerifiedJwt(Claims claims, Grants grants, @Nullable Confirmation confirmation, String issuer, String fingerprint) {
        this.claims = claims.members();
        this.audiences = claims.audiences();
        this.expiresAt = claims.expiresAt();
        this.notBefore = claims.notBefore();
        this.issuedAt = claims.issuedAt();
        this.fingerprint = fingerprint;
        this.identity = Identity.builder(claims.subject(), AuthenticationMethod.JWT)
                .issuer(issuer)
                .tenant(grants.tenant())
                .clientId(grants.clientId())
                .scopes(grants.scopes())
                .roles(grants.roles())
                .claims(this.claims)
                .expiresAt(expiresAt)
                .tokenId(claims.tokenId())
                .sessionId(claims.sessionId())
                .issuedAt(claims.issuedAt())
                .authenticatedAt(claims.authenticatedAt())
                .authenticationContext(claims.authenticationContext())
                .confirmation(confirmation)
                .build();
    }

    /** Returns who the token speaks for, with scopes, roles, tenant and client, and what it is bound to. */
    public Identity identity() {
        return identity;
    }

    /** Returns every claim, unmodifiable; values are strings, numbers, booleans, lists, maps, or {@code null}. */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    /** Returns the services the token is for, this one among them. */
    public Set<String> audiences() {
        return audiences;
    }

    /** Returns the instant from which on the token is not valid any more ({@code exp}). */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Returns the instant before which the token is not valid ({@code nbf}), if it names one. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** Returns when the token was issued ({@code iat}), if it says so. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /** Returns the token's own id ({@code jti}), if it has one. */
    public Optional<String> tokenId() {
        return identity.tokenId();
    }

    /** Returns what stands for the token in audit and metrics; see {@link io.apiguard.secret.Fingerprint}. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "VerifiedJwt[" + fingerprint + "]";
    }
}
