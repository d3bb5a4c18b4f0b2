package io.apiguard;

import io.apiguard.Authentications.Given;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import io.apiguard.authn.jwt.RemoteJwkSourceBuilder;
import io.apiguard.event.GuardListener;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the verifier of signed tokens together, with its keys. */
final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Given given;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GuardListener listener;
    private final Opened opened;

    Tokens(Given given, InstantSource clock, SecureRandom random, GuardListener listener, Opened opened) {
        this.given = given;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.opened = opened;
    }

    JwtVerifier verifier(GuardSettings.Jwt jwt, Fingerprint fingerprint) {
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
