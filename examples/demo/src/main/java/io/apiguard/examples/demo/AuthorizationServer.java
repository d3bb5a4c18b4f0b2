package io.apiguard.examples.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.web.client.RestClient;

/** The identity provider: Spring Authorization Server on a loopback port of its own, with one client per caller. */
final class AuthorizationServer implements AutoCloseable {

    /** A scope that makes a token one for another service. */
    private static final String FOR_BILLING = "billing";

    private final ConfigurableApplicationContext context;
    private final String issuer;

    private AuthorizationServer(ConfigurableApplicationContext context, String issuer) {
        this.context = context;
        this.issuer = issuer;
    }

    static AuthorizationServer start() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Configuration.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(Map.of(
                        "spring.config.name", "authorization-server",
                        "spring.autoconfigure.exclude", GuardedOrders.GUARD_AUTO_CONFIGURATION,
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "logging.level.root", "warn"))
                .run();
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return new AuthorizationServer(context, "http://127.0.0.1:" + port);
    }

    String issuer() {
        return issuer;
    }

    /** The key that signs all tokens, with its private half: the tour signs with it what the server would not. */
    RSAKey key() {
        return context.getBean(RSAKey.class);
    }

    /** Asks for a token the way every client does (RFC 6749 section 4.4). */
    String token(String client, String... scopes) {
        Map<?, ?> answer = RestClient.create(issuer)
                .post()
                .uri("/oauth2/token")
                .headers(headers -> headers.setBasicAuth(client, secretOf(client)))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("grant_type=client_credentials&scope=" + String.join("+", scopes))
                .retrieve()
                .body(Map.class);
        return String.valueOf(answer.get("access_token"));
    }

    static String secretOf(String client) {
        return client + "-secret";
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
    static class Configuration {

        private static final Map<String, List<String>> ROLES = Map.of("carol", List.of("admin"));

        @Bean
        RSAKey signingKey() throws JOSEException {
            return new RSAKeyGenerator(2048).keyID("orders-2026").generate();
        }

        @Bean
        JWKSource<SecurityContext> keys(RSAKey signingKey) {
            return new ImmutableJWKSet<>(new JWKSet(signingKey));
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(
                    client("alice", "orders:read", "orders:write", FOR_BILLING),
                    client("bob", "orders:read", "orders:write"),
                    client("carol", "orders:read"),
                    client("reader", "orders:read"));
        }

        private static RegisteredClient client(String id, String... scopes) {
            return RegisteredClient.withId(id)
                    .clientId(id)
                    .clientSecret("{noop}" + secretOf(id))
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .scopes(all -> all.addAll(List.of(scopes)))
                    .tokenSettings(TokenSettings.builder()
                            .accessTokenTimeToLive(Duration.ofHours(1))
                            .build())
                    .build();
        }

        /** By default the audience is the client itself, and there are no roles. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return token -> {
                String client = token.getRegisteredClient().getClientId();
                String audience = token.getAuthorizedScopes().contains(FOR_BILLING) ? "billing" : "orders";
                token.getClaims().audience(List.of(audience)).claim("roles", ROLES.getOrDefault(client, List.of()));
            };
        }
    }
}
