package io.apiguard.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is, once verified: the value that authorization, limits, redaction and the application itself ask.
 *
 * <p>An identity is made by an authenticator after its check has succeeded, and by tests. Immutable and thread-safe. {@code toString}
 * names subject, issuer and method only: claims may hold personal data.
 */
public final class Identity implements Principal {

    private final String subject;
    private final AuthenticationMethod method;
    private final @Nullable String issuer;
    private final @Nullable String tenant;
    private final @Nullable String clientId;
    private final @Nullable String keyId;
    private final Set<String> scopes;
    private final Set<String> roles;
    private final Map<String, Object> claims;
    private final @Nullable Instant expiresAt;
    private final @Nullable String tokenId;
    private final @Nullable String sessionId;
    private final @Nullable Instant issuedAt;
    private final @Nullable Instant authenticatedAt;
    private final @Nullable String authenticationContext;
    private final @Nullable Confirmation confirmation;

    private Identity(Builder builder) {
        this.subject = builder.subject;
        this.method = builder.method;
        this.issuer = builder.issuer;
        this.tenant = builder.tenant;
        this.clientId = builder.clientId;
        this.keyId = builder.keyId;
        this.scopes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.scopes));
        this.roles = Collections.unmodifiableSet(new LinkedHashSet<>(builder.roles));
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(builder.claims));
        this.expiresAt = builder.expiresAt;
        this.tokenId = builder.tokenId;
        this.sessionId = builder.sessionId;
        this.issuedAt = builder.issuedAt;
        this.authenticatedAt = builder.authenticatedAt;
        this.authenticationContext = builder.authenticationContext;
        this.confirmation = builder.confirmation;
    }

    /**
     * Returns a builder for an identity; for authenticators and tests.
     *
     * @param subject the caller's stable name within the issuer, not blank
     * @param method how the caller was authenticated
     * @throws IllegalArgumentException if the subject is blank
     */
    public static Builder builder(String subject, AuthenticationMethod method) {
        return new Builder(subject, method);
    }

    /** Returns the caller's stable name within the issuer ({@code sub} of a token, the owner of an API key); never blank. */
    public String subject() {
        return subject;
    }

    /** Returns {@link #subject()}, as {@link Principal} demands. */
    @Override
    public String getName() {
        return subject;
    }

    /** Returns how the caller was authenticated. */
    public AuthenticationMethod method() {
        return method;
    }

    /** Returns who vouches for the subject ({@code iss} of a token); empty for API keys. */
    public Optional<String> issuer() {
        return Optional.ofNullable(issuer);
    }

    /** Returns the tenant the caller belongs to, if the credential says so. */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /** Returns the OAuth client that obtained the token ({@code client_id}, or {@code azp}), if the credential says so. */
    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    /** Returns the public id of the API key that was presented; empty for other methods. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** Returns the granted scopes in the order given, unmodifiable (RFC 6749 section 3.3). */
    public Set<String> scopes() {
        return scopes;
    }

    /** Returns the caller's roles in the order given, unmodifiable. */
    public Set<String> roles() {
        return roles;
    }

    /** Returns the verified claims, unmodifiable; values are strings, numbers, booleans, lists, maps, or {@code null}. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** Returns when the credential expires; empty if it does not. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Returns the token's own id ({@code jti}), if it has one. */
    public Optional<String> tokenId() {
        return Optional.ofNullable(tokenId);
    }

    /** Returns the session at the issuer that the token belongs to ({@code sid}), if it says so. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** Returns when the credential was issued ({@code iat}), if it says so. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /** Returns when the caller last proved to the issuer who it is ({@code auth_time}), if the token says so. */
    public Optional<Instant> authenticatedAt() {
        return Optional.ofNullable(authenticatedAt);
    }

    /** Returns how strongly the caller proved to the issuer who it is ({@code acr}), if the token says so. */
    public Optional<String> authenticationContext() {
        return Optional.ofNullable(authenticationContext);
    }

    /** Returns the key that the credential is bound to; an authenticator checks the caller's possession of it on every request. */
    public Optional<Confirmation> confirmation() {
        return Optional.ofNullable(confirmation);
    }

    /** Returns whether the credential is of no use without a key that the caller holds: a bound token, a certificate or a signature. */
    public boolean isSenderConstrained() {
        return confirmation != null
                || method == AuthenticationMethod.MUTUAL_TLS
                || method == AuthenticationMethod.HTTP_SIGNATURE;
    }

    /** Returns whether every one of the given scopes was granted; true for none. */
    public boolean hasScopes(Collection<String> wanted) {
        return scopes.containsAll(wanted);
    }

    /** Returns whether the caller has at least one of the given roles; false for none. */
    public boolean hasAnyRole(Collection<String> wanted) {
        for (String role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Two identities are equal if subject, issuer, tenant, method and key id are: they then stand for the same caller. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && subject.equals(that.subject)
                && method == that.method
                && Objects.equals(issuer, that.issuer)
                && Objects.equals(tenant, that.tenant)
                && Objects.equals(keyId, that.keyId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, method, issuer, tenant, keyId);
    }

    @Override
    public String toString() {
        return "Identity[" + subject + (issuer == null ? "" : " of " + issuer) + " by " + method + "]";
    }

    /** Collects the parts of an {@link Identity}; not thread-safe. */
    public static final class Builder {
        private final String subject;
        private final AuthenticationMethod method;
        private @Nullable String issuer;
        private @Nullable String tenant;
        private @Nullable String clientId;
        private @Nullable String keyId;
        private Collection<String> scopes = Set.of();
        private Collection<String> roles = Set.of();
        private Map<String, ? extends @Nullable Object> claims = Map.of();
        private @Nullable Instant expiresAt;
        private @Nullable String tokenId;
        private @Nullable String sessionId;
        private @Nullable Instant issuedAt;
        private @Nullable Instant authenticatedAt;
        private @Nullable String authenticationContext;
        private @Nullable Confirmation confirmation;

        private Builder(String subject, AuthenticationMethod method) {
            if (subject.isBlank()) {
                throw new IllegalArgumentException("an identity needs a subject");
            }
            this.subject = subject;
            this.method = Objects.requireNonNull(method, "method");
        }

        /** Sets who vouches for the subject. */
        public Builder issuer(@Nullable String value) {
            this.issuer = value;
            return this;
        }

        /** Sets the tenant. */
        public Builder tenant(@Nullable String value) {
            this.tenant = value;
            return this;
        }

        /** Sets the OAuth client. */
        public Builder clientId(@Nullable String value) {
            this.clientId = value;
            return this;
        }

        /** Sets the public id of the API key. */
        public Builder keyId(@Nullable String value) {
            this.keyId = value;
            return this;
        }

        /** Sets the granted scopes; copied by {@link #build()}. */
        public Builder scopes(Collection<String> value) {
            this.scopes = value;
            return this;
        }

        /** Sets the roles; copied by {@link #build()}. */
        public Builder roles(Collection<String> value) {
            this.roles = value;
            return this;
        }

        /** Sets the verified claims; copied by {@link #build()}, one level deep. */
        public Builder claims(Map<String, ? extends @Nullable Object> value) {
            this.claims = value;
            return this;
        }

        /** Sets when the credential expires. */
        public Builder expiresAt(@Nullable Instant value) {
            this.expiresAt = value;
            return this;
        }

        /** Sets the token's own id. */
        public Builder tokenId(@Nullable String value) {
            this.tokenId = value;
            return this;
        }

        /** Sets the session that the token belongs to. */
        public Builder sessionId(@Nullable String value) {
            this.sessionId = value;
            return this;
        }

        /** Sets when the credential was issued. */
        public Builder issuedAt(@Nullable Instant value) {
            this.issuedAt = value;
            return this;
        }

        /** Sets when the caller last proved to the issuer who it is. */
        public Builder authenticatedAt(@Nullable Instant value) {
            this.authenticatedAt = value;
            return this;
        }

        /** Sets how strongly the caller proved to the issuer who it is. */
        public Builder authenticationContext(@Nullable String value) {
            this.authenticationContext = value;
            return this;
        }

        /** Sets the key that the credential is bound to. */
        public Builder confirmation(@Nullable Confirmation value) {
            this.confirmation = value;
            return this;
        }

        /** Returns the identity. */
        public Identity build() {
            return new Identity(this);
        }
    }
}
