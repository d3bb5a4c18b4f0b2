package io.apiguard.authn;

import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.secret.Fingerprint;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link Authenticator}; made by {@link Authenticator#builder()}. Not thread-safe. */
public final class AuthenticatorBuilder {

    private String realm = "api";
    private String apiKeyHeader = "X-API-Key";
    private @Nullable ProtectedResource resource;
    private @Nullable AccessTokenVerifier signed;
    private @Nullable IntrospectionVerifier opaque;
    private @Nullable DpopVerifier dpop;
    private @Nullable ClientCertificates certificates;
    private CertificateWithToken withToken = CertificateWithToken.REFUSE;
    private @Nullable RevocationList revocations;
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
     * @param verifier what verifies them; stays the caller's to close. One that accepts sender-constrained tokens may be given: possession
     *     of their key is checked here
     * @return this builder
     */
    public AuthenticatorBuilder bearerTokens(AccessTokenVerifier verifier) {
        this.signed = verifier;
        return this;
    }

    /**
     * Takes tokens that only their issuer can read. Beside {@link #bearerTokens} it is asked about what is no JSON Web Token.
     *
     * @param verifier what asks the issuer; stays the caller's to close
     * @return this builder
     */
    public AuthenticatorBuilder opaqueTokens(IntrospectionVerifier verifier) {
        this.opaque = verifier;
        return this;
    }

    /**
     * Takes tokens that are bound to a key, in the scheme {@code DPoP} (RFC 9449).
     *
     * @param verifier what verifies the proofs
     * @return this builder
     */
    public AuthenticatorBuilder dpop(DpopVerifier verifier) {
        this.dpop = verifier;
        return this;
    }

    /**
     * Takes client certificates: tokens bound to one and, if they name callers, callers that are known by one.
     *
     * @param verifier what finds and checks them
     * @param beside what becomes of a token beside a certificate that names a caller; of no account if certificates name none
     * @return this builder
     */
    public AuthenticatorBuilder certificates(ClientCertificates verifier, CertificateWithToken beside) {
        this.certificates = verifier;
        this.withToken = beside;
        return this;
    }

    /**
     * Refuses credentials that were revoked before they expired; nobody is asked if not set.
     *
     * @param list what is asked on every request; stays the caller's to close
     * @return this builder
     */
    public AuthenticatorBuilder revocations(RevocationList list) {
        this.revocations = list;
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
     * @throws IllegalArgumentException if nobody could authenticate, settings contradict each other, or realm or header name are malformed
     */
    public Authenticator build() {
        boolean tokens = signed != null || opaque != null;
        boolean named = certificates != null && certificates.namesCallers();
        if (!tokens && apiKeys == null && !named) {
            throw new IllegalArgumentException("no way to authenticate is set; set bearerTokens, opaqueTokens, apiKeys,"
                    + " certificates that name callers, or several");
        }
        if (certificates != null && !tokens && !named) {
            throw new IllegalArgumentException("certificates that name no callers are of no use without tokens; set their"
                    + " naming, bearerTokens or opaqueTokens");
        }
        if (dpop != null && !tokens) {
            throw new IllegalArgumentException("proofs are of no use without tokens; set bearerTokens or opaqueTokens");
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

    @Nullable ProtectedResource resource() {
        return resource;
    }

    TokenCheck tokens() {
        return new TokenCheck(signed, opaque);
    }

    CertificateCheck certificates() {
        return new CertificateCheck(certificates, withToken);
    }

    @Nullable RevocationList revocations() {
        return revocations;
    }

    @Nullable DpopVerifier dpop() {
        return dpop;
    }

    @Nullable ApiKeys apiKeys() {
        return apiKeys;
    }

    Fingerprint fingerprint() {
        return fingerprint == null ? Fingerprint.ephemeral(new SecureRandom()) : fingerprint;
    }
}
