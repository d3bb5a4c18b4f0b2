package io.apiguard.authn;

import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link Authenticator}; made by {@link Authenticator#builder()}. Not thread-safe. */
public final class AuthenticatorBuilder {

    private String realm = "api";
    private String apiKeyHeader = "X-API-Key";
    private @Nullable ProtectedResource resource;
    private @Nullable JwtVerifier tokens;
    private @Nullable ApiKeys apiKeys;
    private @Nullable Fingerprint fingerprint;

    AuthenticatorBuilder() {}

    /**
     * Sets the name of what is protected, for challenges; {@code api} if not set.
     *
     * @param value 1 to 200 printable ASCII characters
     * @return this builder
     */
    public AuthenticatorBuilder realm(String value) {
        this.realm = value;
        return this;
    }

    /**
     * Names in every challenge where the metadata of this service is (RFC 9728 section 5.1); nowhere if not set.
     *
     * @param value what clients are told, or {@code null}
     * @return this builder
     */
    public AuthenticatorBuilder resource(@Nullable ProtectedResource value) {
        this.resource = value;
        return this;
    }

    /**
     * Takes bearer tokens.
     *
     * @param verifier what verifies them; stays the caller's to close
     * @return this builder
     */
    public AuthenticatorBuilder bearerTokens(JwtVerifier verifier) {
        this.tokens = verifier;
        return this;
    }

    /**
     * Takes API keys.
     *
     * @param verifier what verifies them
     * @return this builder
     */
    public AuthenticatorBuilder apiKeys(ApiKeys verifier) {
        this.apiKeys = verifier;
        return this;
    }

    /**
     * Sets the name of the header field that API keys are taken from; {@code X-API-Key} if not set.
     *
     * @param name the name of a field, other than {@code Authorization}
     * @return this builder
     */
    public AuthenticatorBuilder apiKeyHeader(String name) {
        this.apiKeyHeader = name;
        return this;
    }

    /**
     * Sets how fingerprints of API keys are made; under a secret of this process alone if not set. Those of tokens are
     * made by their verifier.
     *
     * @param value any fingerprint
     * @return this builder
     */
    public AuthenticatorBuilder fingerprint(Fingerprint value) {
        this.fingerprint = value;
        return this;
    }

    /**
     * Returns the authenticator.
     *
     * @return an authenticator that does not change with this builder
     * @throws IllegalArgumentException if neither tokens nor API keys are taken, or realm or header name are malformed
     */
    public Authenticator build() {
        if (tokens == null && apiKeys == null) {
            throw new IllegalArgumentException("no way to authenticate is set; set bearerTokens, apiKeys or both");
        }
        if (apiKeyHeader.equalsIgnoreCase("Authorization")) {
            throw new IllegalArgumentException("API keys cannot be taken from the Authorization field; use X-API-Key");
        }
        return new Authenticator(this);
    }

    String realm() {
        return realm;
    }

    String apiKeyHeader() {
        return apiKeyHeader;
    }

    @Nullable URI metadata() {
        return resource == null ? null : resource.metadata();
    }

    @Nullable JwtVerifier tokens() {
        return tokens;
    }

    @Nullable ApiKeys apiKeys() {
        return apiKeys;
    }

    Fingerprint fingerprint() {
        return fingerprint == null ? Fingerprint.ephemeral(new SecureRandom()) : fingerprint;
    }
}
