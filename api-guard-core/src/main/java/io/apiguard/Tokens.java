package io.apiguard;

import io.apiguard.Authentications.Given;
import io.apiguard.JwtSettings.ExpectedClaim;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.IssuerResolver;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import io.apiguard.authn.jwt.RemoteJwkSourceBuilder;
import io.apiguard.event.GuardListener;
import io.apiguard.secret.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the verifier of signed tokens together, with its keys: of one issuer, of several, or of those the application names. */
final class Tokens {

    private final GuardSettings settings;
    private final Given given;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GuardListener listener;
    private final Opened opened;
    private final Map<Duration, HttpClient> clients = new HashMap<>();

    Tokens(
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

    /** Returns the verifier, or {@code null} if no signed tokens are taken. */
    @Nullable AccessTokenVerifier verifier(Fingerprint fingerprint) {
        List<JwtSettings> named = Issuers.of(settings);
        IssuerResolver resolver = given.issuers();
        AccessTokenVerifier own = given.accessTokens();
        checkOneSource(named, resolver, own);
        if (own == null && resolver == null && named.isEmpty()) {
            return null;
        }
        if (own != null) {
            return own;
        }
        return resolver == null ? ofSettings(named, fingerprint) : resolved(resolver, fingerprint);
    }

    private void checkOneSource(
            List<JwtSettings> named, @Nullable IssuerResolver resolver, @Nullable AccessTokenVerifier own) {
        if ((resolver != null || own != null) && !named.isEmpty()) {
            throw new GuardConfigurationException(
                    List.of(
                            "the application says itself whose tokens are accepted, and jwt.issuer or issuers does so too."
                                    + " Remove these settings, or leave out issuers(...) and accessTokens(...) of the builder"));
        }
        if (own != null && given.keys() != null) {
            throw new GuardConfigurationException(List.of(
                    "keys are given to the guard's builder, and a verifier of tokens (accessTokens), which has its own."
                            + " Leave out one of them"));
        }
        if (given.keys() != null && !settings.jwt().inUse() && (resolver != null || !named.isEmpty())) {
            throw new GuardConfigurationException(List.of(
                    "keys are given to the guard's builder, which are those of jwt.issuer, and that is not set. Set jwt.issuer,"
                            + " or leave out keys(...)"));
        }
        if (resolver != null && own != null) {
            throw new GuardConfigurationException(
                    List.of("both issuers(...) and accessTokens(...) of the builder are given. Leave out one of them"));
        }
    }

    private AccessTokenVerifier ofSettings(List<JwtSettings> named, Fingerprint fingerprint) {
        JwtVerifier[] verifiers =
                named.stream().map(one -> verifier(one, fingerprint)).toArray(JwtVerifier[]::new);
        return verifiers.length == 1 ? verifiers[0] : JwtVerifier.forIssuers(verifiers);
    }

    /** What concerns the guard as a whole is its own, whatever the application's settings of an issuer say. */
    private AccessTokenVerifier resolved(IssuerResolver resolver, Fingerprint fingerprint) {
        AccessTokenVerifier verifier = JwtVerifier.forIssuers(
                        issuer -> resolver.resolve(issuer).map(one -> guarded(one, fingerprint)))
                .clock(clock)
                .random(random)
                .maximumLength(settings.jwt().maxLength())
                .cacheSize(settings.jwt().cacheSize())
                .cacheBytes(settings.jwt().cacheBytes())
                .build();
        opened.add(verifier::close);
        return verifier;
    }

    private JwtVerifierBuilder guarded(JwtVerifierBuilder one, Fingerprint fingerprint) {
        return one.clock(clock)
                .random(random)
                .fingerprint(fingerprint)
                .acceptSenderConstrained(); // the authenticator checks possession
    }

    private JwtVerifier verifier(JwtSettings jwt, Fingerprint fingerprint) {
        String key = Issuers.key(settings, jwt);
        JwtVerifierBuilder builder = JwtVerifier.forIssuer(URI.create(Issuers.issuer(jwt)))
                .audience(jwt.audiences().toArray(String[]::new))
                .profile(JwtProfile.valueOf(jwt.profile().name()))
                .clockSkew(jwt.clockSkew())
                .maximumLifetime(jwt.maxLifetime())
                .maximumLength(jwt.maxLength())
                .cacheSize(jwt.cacheSize())
                .cacheBytes(jwt.cacheBytes());
        rules(builder, jwt);
        if (jwt.decryptionKeys() != null) {
            decryption(builder, key, jwt.decryptionKeys());
        }
        if (jwt.encryptedOnly()) {
            builder.encryptedOnly();
        }
        if (jwt.maxAge() != null) {
            builder.maximumAge(jwt.maxAge());
        }
        JwtVerifier verifier = built(guarded(builder, fingerprint).keys(keys(jwt, key)), key);
        opened.add(verifier::close);
        return verifier;
    }

    private static void rules(JwtVerifierBuilder builder, JwtSettings jwt) {
        if (!jwt.algorithms().isEmpty()) {
            builder.algorithms(jwt.algorithms().toArray(String[]::new));
        }
        if (!jwt.roleClaims().isEmpty()) {
            builder.rolesFrom(jwt.roleClaims().toArray(String[]::new));
        }
        if (jwt.tenantClaim() != null) {
            builder.tenantFrom(jwt.tenantClaim());
        }
        if (jwt.tenant() != null) {
            builder.tenant(jwt.tenant());
        }
        if (!jwt.expectTypes().isEmpty()) {
            builder.expectType(jwt.expectTypes().toArray(String[]::new));
        }
        if (jwt.ignoreType()) {
            builder.ignoreType();
        }
        jwt.ignoreClaims().forEach(builder::ignoreClaim);
        expected(jwt).forEach((name, values) -> builder.expectClaim(name, values.toArray(String[]::new)));
    }

    /** A claim that is listed several times may be any of its values; once without a value it only has to be there. */
    private static Map<String, Set<String>> expected(JwtSettings jwt) {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        for (ExpectedClaim claim : jwt.expectClaims()) {
            Set<String> values = expected.computeIfAbsent(claim.name(), name -> new TreeSet<>());
            if (claim.value() != null) {
                values.add(claim.value());
            }
        }
        return expected;
    }

    private static void decryption(JwtVerifierBuilder builder, String key, Path file) {
        try {
            builder.decryptWith(Files.readString(file));
        } catch (IOException e) {
            throw new GuardConfigurationException(
                    key + ".decryption-keys: the file " + file + " cannot be read. Check that it is there and readable",
                    e);
        } catch (IllegalArgumentException e) {
            throw new GuardConfigurationException(key + ".decryption-keys: " + e.getMessage(), e);
        }
    }

    private static JwtVerifier built(JwtVerifierBuilder builder, String key) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new GuardConfigurationException(key + ": " + e.getMessage(), e);
        }
    }

    private JwkSource keys(JwtSettings jwt, String key) {
        if (given.keys() != null && jwt.equals(settings.jwt())) {
            return given.keys();
        }
        RemoteJwkSourceBuilder builder = jwt.jwksUri() != null
                ? JwkSource.url(URI.create(jwt.jwksUri()))
                : JwkSource.discovery(URI.create(Issuers.issuer(jwt)));
        builder.requestTimeout(jwt.requestTimeout())
                .refreshEvery(jwt.refreshInterval())
                .brake(jwt.brake())
                .maxStale(jwt.maxStale())
                .clock(clock)
                .listener(listener)
                .httpClient(given.httpClient() != null ? given.httpClient() : client(jwt.connectTimeout()));
        if (jwt.allowLoopbackHttp()) {
            builder.allowInsecureLoopback();
        }
        JwkSource source = builder.build();
        opened.add(source::close);
        try {
            source.warmUp(jwt.requiredAtStart() ? WhenUnreachable.REFUSE : WhenUnreachable.CONTINUE);
        } catch (IllegalStateException e) {
            String setting = key + (jwt.jwksUri() != null ? ".jwks-uri" : ".issuer");
            throw new GuardConfigurationException(
                    setting + ": " + e.getMessage() + " (" + key
                            + ".required-at-start: false starts while it cannot be reached)",
                    e);
        }
        return source;
    }

    private HttpClient client(Duration connectTimeout) {
        return clients.computeIfAbsent(connectTimeout, timeout -> HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    }
}
