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

        /** Returns the identity. */
        public Identity build() {
            return new Identity(this);
        }
    }
}
