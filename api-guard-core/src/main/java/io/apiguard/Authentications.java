package io.apiguard;

import io.apiguard.authn.Authenticator;
import io.apiguard.authn.AuthenticatorBuilder;
import io.apiguard.authn.ProtectedResource;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.dpop.NonceMode;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.IssuerResolver;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.event.GuardListener;
import io.apiguard.secret.Fingerprint;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import io.apiguard.store.RevocationStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the authenticator together from the settings and from what the application gave the builder instead. */
final class Authentications {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final GuardSettings settings;
    private final Given given;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GuardListener listener;
    private final Opened opened;

    Authentications(
            GuardSettings settings,
            Given given,
            InstantSource clock,
            SecureRandom random,
            GuardListener listener,
            Opened opened) {
        this.settings = settings;
        this.given = given;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.opened = opened;
    }

    /** What the application gave the builder; each stands in place of a setting. */
    record Given(
            @Nullable SecretSource secrets,
            @Nullable ApiKeyStore apiKeys,
            @Nullable HttpClient httpClient,
            @Nullable JwkSource keys,
            @Nullable IssuerResolver issuers,
            @Nullable AccessTokenVerifier accessTokens,
            @Nullable IntrospectionVerifier opaqueTokens,
            @Nullable RevocationList revocations,
            @Nullable RevocationStore revocationStore,
            @Nullable ReplayStore replays,
            @Nullable ClientCertificates certificates,
            @Nullable HttpSignatureVerifier signatures) {}

    /**
     * Returns the authenticator, or {@code null} if nobody could authenticate.
     *
     * @throws GuardConfigurationException if keys, secrets or settings cannot be used
     */
    @Nullable Authenticator authenticator() {
        try {
            SecretSource secrets = secrets();
            Fingerprint fingerprint = fingerprint(secrets);
            AuthenticatorBuilder builder = Authenticator.builder()
                    .realm(settings.headers().realm())
                    .apiKeyHeader(settings.apiKeys().header())
                    .fingerprint(fingerprint);
            ApiKeys keys = new ApiKeyParts(settings, given.apiKeys(), clock, random, opened).apiKeys(secrets);
            if (keys != null) {
                builder.apiKeys(keys);
            }
            AccessTokenVerifier signed =
                    new Tokens(settings, given, clock, random, listener, opened).verifier(fingerprint);
            if (signed != null) {
                builder.bearerTokens(signed);
            }
            IntrospectionVerifier opaque = new Introspections(
                            settings.introspection(), given, clock, random, listener, opened)
                    .verifier(secrets, fingerprint);
            if (opaque != null) {
                builder.opaqueTokens(opaque);
            }
            boolean tokens = signed != null || opaque != null;
            checkDpop(tokens);
            DpopVerifier proofs = settings.dpop().enabled() ? dpop(secrets) : null;
            if (proofs != null) {
                builder.dpop(proofs);
            }
            RevocationList revocations = new Revocations(settings.revocation(), given, clock, listener, opened).list();
            if (revocations != null) {
                builder.revocations(revocations);
            }
            ClientCertificates certificates =
                    MutualTls.of(settings.mtls(), given.certificates(), tokens, listener, clock);
            if (certificates != null) {
                builder.certificates(certificates, settings.mtls().withTokens());
            }
            builder.resource(resource(proofs, certificates != null && tokens));
            HttpSignatureVerifier signatures = given.signatures();
            if (signatures != null) {
                builder.signatures(signatures);
            }
            if (signed != null || proofs != null || signatures != null) {
                LOG.info("Signatures are verified by {}", new SignatureVerifier(null).providers());
            }
            boolean named = certificates != null && certificates.namesCallers();
            return keys != null || tokens || named || signatures != null ? builder.build() : null;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw e instanceof GuardConfigurationException known
                    ? known
                    : new GuardConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns what clients are told of this service, or {@code null} if it has no identifier. */
    private @Nullable ProtectedResource resource(@Nullable DpopVerifier proofs, boolean certificateBound) {
        ResourceSettings resource = settings.resource();
        if (resource.identifier() == null) {
            return null;
        }
        List<String> issuers =
                resource.authorizationServers().isEmpty() ? Issuers.names(settings) : resource.authorizationServers();
        return new ProtectedResource(
                URI.create(resource.identifier()),
                issuers,
                resource.scopes(),
                resource.name(),
                resource.documentation(),
                proofs == null ? List.of() : proofs.algorithms(),
                certificateBound);
    }

    private void checkDpop(boolean tokens) {
        if (settings.dpop().enabled() && !tokens) {
            throw new GuardConfigurationException(
                    List.of("dpop.enabled is true, and no tokens are accepted that could be bound. Set jwt.issuer and"
                            + " jwt.audiences, or remove dpop.enabled"));
        }
    }

    private DpopVerifier dpop(SecretSource secrets) {
        DpopSettings dpop = settings.dpop();
        if (dpop.nonces() != NonceMode.OFF
                && secrets.current(DpopVerifier.NONCE_SECRET).isEmpty()) {
            throw new GuardConfigurationException(List.of("secret '" + DpopVerifier.NONCE_SECRET
                    + "' is missing, which nonces of proofs are made with. Add it to the source that secrets.source names, or set"
                    + " dpop.nonces: off"));
        }
        ReplayStore replays = given.replays() != null
                ? given.replays()
                : new InMemoryReplayStore(dpop.maxProofs(), dpop.maxProofsPerToken(), clock);
        return DpopVerifier.builder(replays)
                .maximumAge(dpop.maxAge())
                .nonces(dpop.nonces(), secrets)
                .clock(clock)
                .build();
    }

    private SecretSource secrets() {
        if (given.secrets() != null) {
            return given.secrets();
        }
        return switch (settings.secrets().source()) {
            case ENVIRONMENT -> SecretSources.environment();
            case DIRECTORY ->
                directory(Objects.requireNonNull(settings.secrets().directory()));
            case NONE -> SecretSources.of();
            case APPLICATION ->
                throw new GuardConfigurationException(
                        List.of(
                                "secrets.source is application, and the application"
                                        + " supplies no SecretSource. Give one to the guard's builder (in Spring: a bean of that type)"));
        };
    }

    private static SecretSource directory(Path directory) {
        try {
            return SecretSources.directory(directory);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new GuardConfigurationException("secrets.directory: " + e.getMessage(), e);
        }
    }

    /** Fingerprints only tell credentials apart, so that a process of its own can do with a secret of its own. */
    private Fingerprint fingerprint(SecretSource secrets) {
        return secrets.current(Fingerprint.SECRET_NAME).isPresent()
                ? Fingerprint.with(secrets)
                : Fingerprint.ephemeral(random);
    }
}
