package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.http.Answer;
import io.apiguard.identity.Identity;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSources;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opaque tokens by settings alone. */
class IntrospectionSettingsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "a client secret: 32 bytes, or more";
    private static final String TOKEN = "2YotnFZFEjr1zCsicMWpAA";

    private final LoopbackIssuer issuer = new LoopbackIssuer();
    private final Map<String, String> settings = new LinkedHashMap<>();

    @BeforeEach
    void set() {
        settings.put("introspection.issuer", issuer.issuer());
        settings.put("introspection.endpoint", issuer.endpoint());
        settings.put("introspection.client-id", "orders");
        settings.put("introspection.audiences", "orders");
        settings.put("introspection.allow-loopback-http", "true");
        settings.put("introspection.role-claims", "realm.roles");
        settings.put("introspection.tenant-claim", "org");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static String active(String more) {
        return "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"alice\",\"aud\":\"orders\",\"exp\":"
                + (NOW.getEpochSecond() + 60) + more + "}";
    }

    private Guard guard(UnaryOperator<GuardBuilder> more) {
        GuardBuilder builder = Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .auditSink(RecordingAuditSink.ofLatest(10))
                .secretSource(SecretSources.of(
                        new Secret("introspection-client", "1", SECRET.getBytes(StandardCharsets.UTF_8))));
        return more.apply(builder).build();
    }

    private Guard guard() {
        return guard(builder -> builder);
    }

    private static int status(Guard guard) {
        return guard.receive(FakeRequest.get("/any").bearer(TOKEN))
                .answer()
                .map(Answer::status)
                .orElse(200);
    }

    private static Identity caller(Guard guard) {
        return guard.receive(FakeRequest.get("/any").bearer(TOKEN))
                .exchange()
                .identity()
                .orElseThrow();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::guard).message().contains(message);
    }

    @Test
    void verify_active_isTheCallerWithRolesAndTenant() {
        issuer.answer(200, "application/json", active(",\"realm\":{\"roles\":[\"admin\"]},\"org\":\"acme\""));
        try (Guard guard = guard()) {
            Identity caller = caller(guard);
            assertThat(caller.subject()).isEqualTo("alice");
            assertThat(caller.roles()).containsExactly("admin");
            assertThat(caller.tenant()).contains("acme");
            caller(guard);
            String basic = Base64.getEncoder()
                    .encodeToString(("orders:"
                                    + SECRET.replace(" ", "+")
                                            .replace(":", "%3A")
                                            .replace(",", "%2C"))
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(issuer.asked)
                    .as("remembered for cache-active")
                    .containsExactly("Basic " + basic + " token=" + TOKEN + "&token_type_hint=access_token");
        }
    }

    @Test
    void verify_cacheOff_asksEveryTime() {
        settings.put("introspection.cache-active", "0s");
        issuer.answer(200, "application/json", active(""));
        try (Guard guard = guard()) {
            caller(guard);
            caller(guard);
            assertThat(issuer.asked).hasSize(2);
        }
    }

    @Test
    void verify_inactiveOrForOthers_isRefused() {
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(401);
        }
        issuer.answer(200, "application/json", active("").replace("orders", "billing"));
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(401);
        }
        settings.remove("introspection.audiences");
        settings.put("introspection.ignore-audience", "true");
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(200);
        }
    }

    @Test
    void verify_withoutType_onlyIfThatIsIgnored() {
        issuer.answer(200, "application/json", active("").replace("token_type", "other"));
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(401);
        }
        settings.put("introspection.ignore-missing-type", "true");
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(200);
        }
    }

    @Test
    void verify_withoutExpiry_onlyWithALifetimeAssumed() {
        issuer.answer(200, "application/json", active("").replace("\"exp\"", "\"other\""));
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(401);
        }
        settings.put("introspection.assumed-lifetime", "5m");
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(200);
        }
    }

    @Test
    void verify_endpointDown_isUnavailableUntilTheBreakerCloses() {
        issuer.answer(500, "text/plain", "down");
        settings.put("introspection.breaker-failures", "2");
        settings.put("introspection.breaker-period", "1m");
        try (Guard guard = guard()) {
            for (int i = 0; i < 5; i++) {
                assertThat(status(guard)).isEqualTo(503);
            }
            assertThat(issuer.asked).hasSize(2);
        }
    }

    @Test
    void verify_signedAnswersDemanded_believesNoOther() {
        settings.put("introspection.signed-answers", "true");
        issuer.answer(200, "application/json", active(""));
        try (Guard guard = guard()) {
            assertThat(status(guard)).isEqualTo(503);
        }
        String signed = issuer.token(NOW, "alice", "orders", claims -> {
            claims.unsetClaim("exp");
            claims.unsetClaim("sub");
            claims.setClaim(
                    "token_introspection",
                    Map.of(
                            "active",
                            true,
                            "token_type",
                            "Bearer",
                            "sub",
                            "alice",
                            "aud",
                            "orders",
                            "exp",
                            NOW.getEpochSecond() + 60));
        });
        issuer.answer(200, "application/token-introspection+jwt", signed);
        try (Guard guard = guard()) {
            assertThat(status(guard)).as("typ is at+jwt").isEqualTo(503);
        }
    }

    @Test
    void verify_privateKeyJwt_signsWithTheKeyOfTheFile(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("key.pem");
        settings.put("introspection.authentication", "private-key-jwt");
        assertRefused("introspection.key-file is missing");
        settings.put("introspection.key-file", file.toString());
        assertRefused("introspection.key-id is missing");
        settings.put("introspection.key-id", "k1");
        settings.put("introspection.key-algorithm", "es256");
        assertRefused("introspection.key-file: the file " + file + " cannot be read");
        Files.writeString(file, "hunter2");
        assertRefused("holds no private key of RSA, EC or EdDSA");
        assertThatThrownBy(this::guard).message().doesNotContain("hunter2");
        Files.writeString(file, pem("RSA"));
        assertRefused("introspection.key-algorithm: the private key is not for ES256");
        Files.writeString(file, pem("EC"));
        issuer.answer(200, "application/json", active(""));
        try (Guard guard = guard()) {
            caller(guard);
            assertThat(issuer.asked.get(0))
                    .contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer")
                    .contains("client_assertion=eyJ");
        }
    }

    private static String pem(String family) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        generator.initialize(family.equals("EC") ? 256 : 2048); // the default of EC is not the same in every JDK
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void verify_tls_needsAnHttpClientOfTheApplication() {
        settings.put("introspection.authentication", "tls");
        assertRefused("introspection.authentication is tls, and the application supplies no HTTP client");
        issuer.answer(200, "application/json", active(""));
        try (Guard guard = guard(builder -> builder.httpClient(HttpClient.newHttpClient()))) {
            caller(guard);
            assertThat(issuer.asked.get(0)).contains("client_id=orders");
        }
    }

    @Test
    void build_secretMissingOrNoText_namesIt() {
        assertThatThrownBy(() -> guard(builder -> builder.secretSource(SecretSources.of())))
                .hasMessageContaining("secret 'introspection-client' is missing");
        assertThatThrownBy(() -> guard(builder ->
                        builder.secretSource(SecretSources.of(new Secret("introspection-client", "1", binary())))))
                .hasMessageContaining("secret 'introspection-client' is no text in UTF-8");
    }

    private static byte[] binary() {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    @Test
    void build_settingsAndVerifierOfTheApplication_contradict() {
        IntrospectionVerifier own = IntrospectionVerifier.forIssuer(URI.create(issuer.issuer()))
                .endpoint(URI.create(issuer.endpoint()))
                .client(ClientAuthentication.basic("orders", "secret"))
                .audience("orders")
                .allowInsecureLoopback()
                .build();
        assertThatThrownBy(() -> guard(builder -> builder.opaqueTokens(own)))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("introspection.issuer is set, and the application gives");
    }

    @Test
    void metadata_issuerOfOpaqueTokens_isAnAuthorizationServer() {
        settings.put("resource.identifier", "https://api.example.com");
        try (Guard guard = guard()) {
            Answer answer = guard.receive(FakeRequest.get("/.well-known/oauth-protected-resource"))
                    .answer()
                    .orElseThrow();
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("\"authorization_servers\":[\"" + issuer.issuer() + "\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint | - | introspection.endpoint is missing",
                "client-id | - | introspection.client-id is missing",
                "issuer | - | introspection.issuer is missing while other settings",
                "audiences | - | introspection.audiences is missing",
                "ignore-audience | true | introspection.ignore-audience is true while introspection.audiences is set",
                "endpoint | http://id.example.com/x | introspection.endpoint is a URL that is not protected by TLS",
                "issuer | https://u:p@id.example.com | introspection.issuer is no absolute URL",
                "jwks-uri | https://id.example.com | introspection.jwks-uri is set while introspection.signed-answers is false",
                "key-file | key.pem | introspection.key-file is set while introspection.authentication is not private-key-jwt",
                "key-id | k1 | introspection.key-id is set while introspection.authentication is not private-key-jwt",
                "key-algorithm | hs256 | introspection.key-algorithm is 'hs256'. Use one of rs256, ps256, es256, eddsa",
                "authentication | none | introspection.authentication is 'none'. Use one of basic, private-key-jwt, tls",
                "tenant | acme | introspection.tenant is 'acme' while tenant-claim is set too",
                "tenant-claim | a..b | introspection.tenant-claim has 'a..b'",
                "role-claims | . | introspection.role-claims has '.'",
                "assumed-lifetime | 25h | introspection.assumed-lifetime is 25h",
                "cache-active | 2h | introspection.cache-active is 2h. Use a duration from 0s to 1h",
                "cache-inactive | 2h | introspection.cache-inactive is 2h",
                "cache-size | 1000001 | introspection.cache-size is 1000001",
                "connect-timeout | 0s | introspection.connect-timeout is 0s",
                "request-timeout | 2m | introspection.request-timeout is 2m",
                "breaker-failures | 0 | introspection.breaker-failures is 0",
                "breaker-period | 0s | introspection.breaker-period is 0s",
                "max-waiting | 0 | introspection.max-waiting is 0",
                "max-length | 0 | introspection.max-length is 0",
                "clock-skew | 11m | introspection.clock-skew is 11m",
            })
    void of_valueThatCannotBeUsed_namesKeyAndRemedy(String key, String value, String message) {
        settings.remove("introspection." + key);
        if (!value.equals("-")) {
            settings.put("introspection." + key, value);
        }
        assertThatThrownBy(() -> GuardSettings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n")
                .endsWith(".");
    }
}
