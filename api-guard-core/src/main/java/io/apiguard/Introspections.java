package io.apiguard;

import io.apiguard.Authentications.Given;
import io.apiguard.authn.introspection.AssertionAlgorithm;
import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifierBuilder;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.RemoteJwkSourceBuilder;
import io.apiguard.event.GuardListener;
import io.apiguard.secret.Fingerprint;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts together what asks an issuer about tokens that only it can read. */
final class Introspections {

    /** The secret whose bytes are this service's client secret, as text in UTF-8. */
    static final String CLIENT_SECRET = "introspection-client";

    private final IntrospectionSettings settings;
    private final Given given;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GuardListener listener;
    private final Opened opened;

    Introspections(
            IntrospectionSettings settings,
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

    /** Returns what asks, or {@code null} if nobody is asked. */
    @Nullable IntrospectionVerifier verifier(SecretSource secrets, Fingerprint fingerprint) {
        if (given.opaqueTokens() != null && settings.inUse()) {
            throw new GuardConfigurationException(List.of(
                    "introspection.issuer is set, and the application gives an IntrospectionVerifier of its own."
                            + " Remove the settings of introspection, or leave out opaqueTokens(...) of the builder"));
        }
        return settings.inUse() ? made(secrets, fingerprint) : given.opaqueTokens();
    }

    private IntrospectionVerifier made(SecretSource secrets, Fingerprint fingerprint) {
        HttpClient http = given.httpClient() != null ? given.httpClient() : client();
        IntrospectionVerifierBuilder builder = IntrospectionVerifier.forIssuer(issuer())
                .endpoint(URI.create(Objects.requireNonNull(settings.endpoint())))
                .client(authentication(secrets))
                .httpClient(http)
                .clockSkew(settings.clockSkew())
                .requestTimeout(settings.requestTimeout())
                .cacheActiveFor(settings.cacheActive())
                .cacheInactiveFor(settings.cacheInactive())
                .cacheSize(settings.cacheSize())
                .breaker(settings.breakerFailures(), settings.breakerPeriod())
                .maximumWaiting(settings.maxWaiting())
                .maximumLength(settings.maxLength())
                .fingerprint(fingerprint)
                .random(random)
                .clock(clock)
                .listener(listener);
        rules(builder);
        if (settings.signedAnswers()) {
            builder.signedAnswers(keys(http));
        }
        return builder.build();
    }

    private void rules(IntrospectionVerifierBuilder builder) {
        if (settings.ignoreAudience()) {
            builder.ignoreAudience();
        } else {
            builder.audience(settings.audiences().toArray(String[]::new));
        }
        if (settings.ignoreMissingType()) {
            builder.ignoreMissingType();
        }
        if (settings.assumedLifetime() != null) {
            builder.ignoreMissingExpiry(settings.assumedLifetime());
        }
        if (settings.allowLoopbackHttp()) {
            builder.allowInsecureLoopback();
        }
        if (settings.tenantClaim() != null) {
            builder.tenantFrom(settings.tenantClaim());
        }
        if (settings.tenant() != null) {
            builder.tenant(settings.tenant());
        }
        builder.rolesFrom(settings.roleClaims().toArray(String[]::new));
    }

    private URI issuer() {
        return URI.create(Objects.requireNonNull(settings.issuer()));
    }

    private ClientAuthentication authentication(SecretSource secrets) {
        String id = Objects.requireNonNull(settings.clientId());
        return switch (settings.authentication()) {
            case BASIC -> ClientAuthentication.basic(id, clientSecret(secrets));
            case PRIVATE_KEY_JWT ->
                signing(
                        id,
                        Objects.requireNonNull(settings.keyFile()),
                        Objects.requireNonNull(settings.keyId()),
                        settings.keyAlgorithm());
            case TLS -> mutualTls(id);
        };
    }

    private static String clientSecret(SecretSource secrets) {
        Secret secret = secrets.current(CLIENT_SECRET).orElse(null);
        if (secret == null) {
            throw new GuardConfigurationException(List.of("secret '" + CLIENT_SECRET
                    + "' is missing, which the introspection endpoint knows this service by. Add it to the source that"
                    + " secrets.source names, or set introspection.authentication to private-key-jwt"));
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(secret.bytes());
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new GuardConfigurationException(
                    "secret '" + CLIENT_SECRET + "' is no text in UTF-8. Encode the text of the client secret itself",
                    e);
        }
    }

    private static ClientAuthentication signing(String id, Path file, String keyId, AssertionAlgorithm algorithm) {
        PrivateKey key = PrivateKeyFile.read("introspection.key-file", file);
        try {
            return ClientAuthentication.privateKeyJwt(id, key, keyId, algorithm);
        } catch (IllegalArgumentException e) {
            throw new GuardConfigurationException("introspection.key-algorithm: " + e.getMessage(), e);
        }
    }

    private ClientAuthentication mutualTls(String id) {
        if (given.httpClient() == null) {
            throw new GuardConfigurationException(
                    List.of(
                            "introspection.authentication is tls, and the application supplies no HTTP client that has a"
                                    + " certificate. Give one to the guard's builder (in Spring: the bean apiGuardHttpClient)"));
        }
        return ClientAuthentication.mutualTls(id);
    }

    private JwkSource keys(HttpClient http) {
        RemoteJwkSourceBuilder builder = settings.jwksUri() != null
                ? JwkSource.url(URI.create(settings.jwksUri()))
                : JwkSource.discovery(issuer());
        builder.requestTimeout(settings.requestTimeout())
                .clock(clock)
                .listener(listener)
                .httpClient(http);
        if (settings.allowLoopbackHttp()) {
            builder.allowInsecureLoopback();
        }
        JwkSource source = builder.build();
        opened.add(source::close);
        return source;
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
