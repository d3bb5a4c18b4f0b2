package io.apiguard;

import static io.apiguard.authn.mtls.CertificateRequest.bytes;
import static io.apiguard.authn.mtls.CertificateRequest.pem;
import static io.apiguard.authn.mtls.TestCertificate.NOW;
import static io.apiguard.authn.mtls.TestCertificate.authority;
import static io.apiguard.authn.mtls.TestCertificate.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.annotation.Authenticated;
import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.Tokens;
import io.apiguard.authn.mtls.CertificateNaming;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.mtls.ClientCertificatesBuilder;
import io.apiguard.authn.mtls.TestCertificate.Issued;
import io.apiguard.http.Answer;
import io.apiguard.internal.settings.SettingsException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates as settings and builder set them up. */
class MutualTlsTest {

    private static final Issued ROOT = authority("root");
    private static final Issued SHOP =
            certificate().subject("CN=shop").dns("shop.example.com").uri("spiffe://prod/shop").by(ROOT);
    private static final String PROXY = "192.0.2.9";

    @SuppressWarnings("unused")
    static class Orders {
        @Authenticated
        public String get() {
            return "";
        }

        @Authenticated(boundOnly = true)
        public String bound() {
            return "";
        }
    }

    private final RecordingAuditSink audit = RecordingAuditSink.ofLatest(10);
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void writeAnchors() throws IOException {
        anchors("# our own authority\n" + text(ROOT) + text(authority("older")));
        settings.put("mtls.enabled", "true");
    }

    private static String text(Issued issued) {
        return URLDecoder.decode(pem(issued.certificate()).replace("+", "%2B"), StandardCharsets.US_ASCII);
    }

    private void anchors(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("anchors.pem"), content);
        settings.put("mtls.anchors", file.toString());
    }

    private void takeTokens() {
        settings.put("jwt.issuer", Tokens.ISSUER);
        settings.put("jwt.audiences", "orders");
    }

    private GuardBuilder builder() {
        return Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .keys(JwkSource.of(io.apiguard.authn.jose.TestKey.set(Tokens.KEY)))
                .auditSink(audit)
                .endpoints(List.of(endpoint("get"), endpoint("bound")));
    }

    private static Endpoint endpoint(String handler) {
        try {
            return Endpoint.of(List.of("GET"), "/" + handler, Orders.class, Orders.class.getMethod(handler));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(Guard guard, FakeRequest request) {
        Received received = guard.receive(request);
        int policy = request.rawPath().equals("/bound") ? 1 : 0;
        int status = received.answer().map(Answer::status).orElseGet(() -> received.admit(
                        guard.policies().get(policy), new HandlerCall(Map::of, request.body()))
                .refusal()
                .map(Answer::status)
                .orElse(200));
        received.release(Completion.of(status, 0));
        return status;
    }

    private @Nullable String reason() {
        List<AuditEvent> events = audit.events();
        return events.get(events.size() - 1).verdict().reason();
    }

    private static String token(Issued boundTo) {
        return Tokens.token()
                .claim("iat", NOW.getEpochSecond())
                .claim("exp", NOW.getEpochSecond() + 300)
                .claim("cnf", Map.of("x5t#S256", ClientCertificates.thumbprint(boundTo.certificate())))
                .text();
    }

    private static FakeRequest get(String path) {
        return FakeRequest.get(path);
    }

    private static FakeRequest told(String path, Issued client) {
        return get(path).from(PROXY)
                .header("X-Forwarded-For", "198.51.100.4")
                .header("X-Forwarded-Proto", "https")
                .header("Client-Cert", bytes(client.certificate()));
    }

    private void trustProxy() {
        settings.put("proxies.trusted", PROXY);
        settings.put("proxies.forwarded", "x-forwarded");
        settings.put("mtls.forwarded", "rfc9440");
    }

    // bound tokens

    @Test
    void bound_withoutAnchors_needsTheCertificateOfTheConnection() {
        takeTokens();
        settings.remove("mtls.anchors");
        Issued own = certificate().subject("CN=own").selfSigned();
        try (Guard guard = builder().build()) {
            assertThat(status(guard, get("/bound").certificates(own.certificate()).bearer(token(own))))
                    .isEqualTo(200);
            assertThat(status(guard, get("/bound").certificates(SHOP.certificate()).bearer(token(own))))
                    .isEqualTo(401);
            assertThat(reason()).isEqualTo("token.certificate_mismatch");
            assertThat(status(guard, get("/bound").bearer(token(own)))).isEqualTo(401);
            assertThat(reason()).isEqualTo("token.certificate_absent");
        }
    }

    @Test
    void bound_toldByTheProxy_isTakenFromThereAlone() {
        takeTokens();
        trustProxy();
        try (Guard guard = builder().build()) {
            assertThat(status(guard, told("/bound", SHOP).bearer(token(SHOP)))).isEqualTo(200);
            FakeRequest anybody = told("/bound", SHOP).from("192.0.2.8").bearer(token(SHOP));
            assertThat(status(guard, anybody)).isEqualTo(401);
            assertThat(reason()).isEqualTo("token.certificate_absent");
            Issued stranger = certificate().subject("CN=shop").selfSigned();
            assertThat(status(guard, told("/bound", stranger).bearer(token(stranger))))
                    .isEqualTo(401);
            assertThat(reason()).isEqualTo("certificate.chain");
        }
    }

    @Test
    void bound_notEnabled_isRefused() {
        takeTokens();
        settings.remove("mtls.enabled");
        settings.remove("mtls.anchors");
        try (Guard guard = builder().build()) {
            assertThat(status(guard, get("/get").certificates(SHOP.certificate()).bearer(token(SHOP))))
                    .isEqualTo(401);
            assertThat(reason()).isEqualTo("token.sender_constrained");
        }
    }

    // callers known by a certificate

    @ParameterizedTest
    @CsvSource({"common-name, shop", "dns, shop.example.com", "spiffe, spiffe://prod/shop"})
    void named_anyNaming_isTheCaller(String naming, String subject) {
        settings.put("mtls.identity", naming);
        if (naming.equals("spiffe")) {
            settings.put("mtls.trust-domains", "prod, test");
        }
        try (Guard guard = builder().build()) {
            assertThat(status(guard, get("/bound").certificates(SHOP.certificate())))
                    .isEqualTo(200);
            assertThat(audit.events().toString()).contains(subject);
            assertThat(status(guard, get("/get"))).isEqualTo(401);
            assertThat(status(guard, get("/get").certificates(certificate().by(authority("root")).certificate())))
                    .isEqualTo(401);
        }
    }

    @Test
    void named_besideAToken_followsTheSetting() {
        takeTokens();
        settings.put("mtls.identity", "common-name");
        assertThat(statusBesideToken()).isEqualTo(400);
        settings.put("mtls.with-tokens", "bound");
        assertThat(statusBesideToken()).isEqualTo(200);
    }

    private int statusBesideToken() {
        try (Guard guard = builder().build()) {
            return status(guard, get("/get").certificates(SHOP.certificate()).bearer(token(SHOP)));
        }
    }

    @Test
    void clientCertificates_givenToTheBuilder_standInPlaceOfTheSettings() {
        settings.clear();
        ClientCertificatesBuilder own = ClientCertificates.builder()
                .anchors(List.of(ROOT.certificate()))
                .naming(CertificateNaming.dnsName())
                .clock(() -> NOW);
        try (Guard guard = builder().clientCertificates(own.build()).build()) {
            assertThat(status(guard, get("/get").certificates(SHOP.certificate())))
                    .isEqualTo(200);
            assertThat(audit.events().toString()).contains("shop.example.com");
        }
    }

    @Test
    void metadata_saysWhetherBoundTokensAreTaken() {
        takeTokens();
        settings.put("resource.identifier", "https://api.example.com");
        assertThat(metadata()).contains("\"tls_client_certificate_bound_access_tokens\":true");
        settings.remove("mtls.enabled");
        settings.remove("mtls.anchors");
        assertThat(metadata()).doesNotContain("tls_client_certificate");
    }

    private String metadata() {
        try (Guard guard = builder().build()) {
            Answer answer = guard.receive(get("/.well-known/oauth-protected-resource"))
                    .answer()
                    .orElseThrow();
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    // settings that cannot be meant

    private void assertRefused(String message, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        assertThatThrownBy(() -> GuardSettings.of(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "mtls.anchors, x.pem",
        "mtls.with-tokens, any",
    })
    void settings_withoutEnabled_areRefused(String key, String value) {
        settings.clear();
        assertRefused("mtls.enabled is false while other settings of mtls are there. Set", key, value);
    }

    @Test
    void settings_withoutAnchors_areRefused() {
        settings.remove("mtls.anchors");
        assertRefused("mtls.anchors is missing while mtls.identity is set", "mtls.identity", "dns");
        settings.remove("mtls.identity");
        trustProxy();
        assertRefused("mtls.anchors is missing while mtls.forwarded is set");
    }

    @Test
    void settings_forwardedWithoutTrustedProxies_isRefused() {
        assertRefused("mtls.forwarded is set while no proxy is trusted", "mtls.forwarded", "xfcc");
    }

    @Test
    void settings_elementWithoutXfcc_isRefused() {
        trustProxy();
        assertRefused("mtls.forwarded-element is set while mtls.forwarded is not xfcc", "mtls.forwarded-element", "2");
        settings.put("mtls.forwarded", "xfcc");
        assertThat(GuardSettings.of(settings).mtls().forwardedElement()).isEqualTo(2);
    }

    @Test
    void settings_trustDomains_belongToSpiffe() {
        assertRefused("mtls.trust-domains is set while mtls.identity is not spiffe", "mtls.trust-domains", "prod");
        settings.remove("mtls.trust-domains");
        assertRefused("mtls.trust-domains is missing", "mtls.identity", "spiffe");
        assertRefused("mtls.trust-domains cannot be used", "mtls.trust-domains", "PROD");
    }

    @ParameterizedTest
    @CsvSource({
        "mtls.forwarded-element, 0",
        "mtls.forwarded-element, 17",
        "mtls.cache-size, -1",
        "mtls.cache-size, 1000001",
        "mtls.cache-ttl, 999ms",
        "mtls.cache-ttl, 61m",
        "mtls.identity, subject",
        "mtls.with-tokens, both",
        "mtls.forwarded, x-forwarded"
    })
    void settings_outOfBounds_areRefused(String key, String value) {
        assertRefused(key + " ", key, value);
    }

    private void assertNotBuilt(String message) {
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void build_certificatesOfNoUse_isRefused() {
        assertNotBuilt("mtls.enabled: client certificates are of no use");
    }

    @Test
    void build_withTokensWhileNobodyIsNamed_isRefused() {
        takeTokens();
        settings.put("mtls.with-tokens", "bound");
        assertNotBuilt("mtls.with-tokens is set, and certificates name no callers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            })
    void build_anchorsThatCannotBeUsed_areRefused(String content) throws IOException {
        takeTokens();
        anchors(content);
        assertNotBuilt("mtls.anchors: ");
    }

    @Test
    void build_anchorsThatAreNone_areRefused() throws IOException {
        takeTokens();
        anchors(text(ROOT) + text(SHOP));
        assertNotBuilt("a certificate that is no authority's");
        anchors(text(ROOT) + "#".repeat(1 << 20));
        assertNotBuilt("is longer than 1MB");
        settings.put("mtls.anchors", directory.resolve("nowhere.pem").toString());
        assertNotBuilt("cannot be read (NoSuchFileException)");
    }

    @Test
    void bound_certificateOfTheProxyItself_isAbsent() {
        takeTokens();
        trustProxy();
        try (Guard guard = builder().build()) {
            FakeRequest request = get("/bound").from(PROXY).certificates(SHOP.certificate());
            assertThat(status(guard, request.bearer(token(SHOP)))).isEqualTo(401);
            assertThat(reason()).isEqualTo("token.certificate_absent");
        }
    }
}
