package io.apiguard;

import io.apiguard.GuardSettings.SecretsFrom;
import io.apiguard.authn.Authenticator;
import io.apiguard.authn.AuthenticatorBuilder;
import io.apiguard.authn.ProtectedResource;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.dpop.NonceMode;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import io.apiguard.authn.jwt.RemoteJwkSourceBuilder;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.event.GuardListener;
import io.apiguard.secret.Fingerprint;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
            @Nullable AccessTokenVerifier bearerTokens,
            @Nullable IntrospectionVerifier opaqueTokens,
            @Nullable RevocationList revocations,
            @Nullable ReplayStore replays) {}

    /**
     * Returns the authenticator, or {@code null} if neither tokens nor API keys are taken.
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
            boolean keys = given.apiKeys() != null || settings.apiKeys().inUse();
            if (keys) {
                builder.apiKeys(apiKeys(secrets));
            }
            AccessTokenVerifier signed = signedTokens(fingerprint);
            if (signed != null) {
                builder.bearerTokens(signed);
            }
            boolean tokens = signed != null || given.opaqueTokens() != null;
            checkDpop(tokens);
            if (given.opaqueTokens() != null) {
                builder.opaqueTokens(given.opaqueTokens());
            }
            DpopVerifier proofs = settings.dpop().enabled() ? dpop(secrets) : null;
            if (proofs != null) {
                builder.dpop(proofs);
            }
            if (given.revocations() != null) {
                builder.revocations(given.revocations());
            }
            builder.resource(resource(proofs));
            return keys || tokens ? builder.build() : null;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw e instanceof GuardConfigurationException known
                    ? known
                    : new GuardConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns what clients are told of this service, or {@code null} if it has no identifier. */
    private @Nullable ProtectedResource resource(@Nullable DpopVerifier proofs) {
        ResourceSettings resource = settings.resource();
        if (resource.identifier() == null) {
            return null;
        }
        String issuer = settings.jwt().issuer();
        List<String> issuers = resource.authorizationServers().isEmpty() && issuer != null
                ? List.of(issuer)
                : resource.authorizationServers();
        return new ProtectedResource(
                URI.create(resource.identifier()),
                issuers,
                resource.scopes(),
                resource.name(),
                resource.documentation(),
                proofs == null ? List.of() : proofs.algorithms(),
                false);
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

    private ApiKeys apiKeys(SecretSource secrets) {
        if (secrets.current(ApiKeys.SECRET_NAME).isEmpty()) {
            boolean environment = settings.secrets().source() == SecretsFrom.ENVIRONMENT;
            throw new GuardConfigurationException(List.of("secret '" + ApiKeys.SECRET_NAME
                    + "' is missing, which the hashes of API keys are made with. "
                    + (environment
                            ? "Set the environment variable API_GUARD_SECRET_API_KEYS to base64: and at least 32 random bytes in base64"
                            : "Add it to the source that secrets.source names")));
        }
        ApiKeyStore store = given.apiKeys() != null ? given.apiKeys() : storedKeys();
        return ApiKeys.using(secrets, store)
                .withPrefix(settings.apiKeys().prefix())
                .withClock(clock)
                .withRandom(random);
    }

    private ApiKeyStore storedKeys() {
        List<ApiKeyRecord> records = settings.apiKeys().allKeys().stream()
                .map(key -> new ApiKeyRecord(
                        key.id(),
                        key.hash(),
                        key.secretKeyId(),
                        new ApiKeyGrant(
                                key.subject(),
                                key.tenant(),
                                Set.copyOf(key.scopes()),
                                Set.copyOf(key.roles()),
                                key.expires()),
                        true))
                .toList();
        return ApiKeyStore.of(records);
    }

    private @Nullable AccessTokenVerifier signedTokens(Fingerprint fingerprint) {
        boolean set = settings.jwt().inUse();
        if (given.bearerTokens() == null) {
            return set ? verifier(settings.jwt(), fingerprint) : null;
        }
        if (set || given.keys() != null) {
            throw new GuardConfigurationException(
                    List.of((set ? "jwt.issuer is set" : "keys are given to the guard's builder")
                            + ", and the application gives a verifier of tokens of its own (bearerTokens)."
                            + " Keep one of them"));
        }
        return given.bearerTokens();
    }

    private JwtVerifier verifier(GuardSettings.Jwt jwt, Fingerprint fingerprint) {
        JwtVerifierBuilder builder = JwtVerifier.forIssuer(URI.create(Objects.requireNonNull(jwt.issuer())))
                .audience(jwt.audiences().toArray(String[]::new))
                .keys(keys(jwt))
                .profile(JwtProfile.valueOf(jwt.profile().name()))
                .clockSkew(jwt.clockSkew())
                .maximumLifetime(jwt.maxLifetime())
                .cacheSize(jwt.cacheSize())
                .clock(clock)
                .random(random)
                .fingerprint(fingerprint)
                .acceptSenderConstrained(); // the authenticator checks possession
        if (!jwt.algorithms().isEmpty()) {
            builder.algorithms(jwt.algorithms().toArray(String[]::new));
        }
        if (!jwt.roleClaims().isEmpty()) {
            builder.rolesFrom(jwt.roleClaims().toArray(String[]::new));
        }
        if (jwt.tenantClaim() != null) {
            builder.tenantFrom(jwt.tenantClaim());
        }
        JwtVerifier verifier = builder.build();
        LOG.info("Signatures are verified by {}", new SignatureVerifier(null).providers());
        opened.add(verifier::close);
        return verifier;
    }

    private JwkSource keys(GuardSettings.Jwt jwt) {
        if (given.keys() != null) {
            return given.keys();
        }
        RemoteJwkSourceBuilder builder = jwt.jwksUri() != null
                ? JwkSource.url(URI.create(jwt.jwksUri()))
                : JwkSource.discovery(URI.create(Objects.requireNonNull(jwt.issuer())));
        builder.requestTimeout(jwt.requestTimeout())
                .refreshEvery(jwt.refreshInterval())
                .brake(jwt.brake())
                .maxStale(jwt.maxStale())
                .clock(clock)
                .listener(listener)
                .httpClient(given.httpClient() != null ? given.httpClient() : client(jwt));
        if (jwt.allowLoopbackHttp()) {
            builder.allowInsecureLoopback();
        }
        JwkSource source = builder.build();
        opened.add(source::close);
        try {
            source.warmUp(jwt.requiredAtStart() ? WhenUnreachable.REFUSE : WhenUnreachable.CONTINUE);
        } catch (IllegalStateException e) {
            String setting = jwt.jwksUri() != null ? "jwt.jwks-uri" : "jwt.issuer";
            throw new GuardConfigurationException(
                    setting + ": " + e.getMessage()
                            + " (jwt.required-at-start: false starts while it cannot be reached)",
                    e);
        }
        return source;
    }

    private static HttpClient client(GuardSettings.Jwt jwt) {
        return HttpClient.newBuilder()
                .connectTimeout(jwt.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
