package io.apiguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardBuilder;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.servlet.TestServer.Container;
import io.apiguard.servlet.TestServlets.Closed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client certificates over real TLS, as each container hands them to the guard. */
class ClientCertificateTest {

    private static final String ISSUER = "https://id.example.com";

    @TempDir
    static Path directory;

    private static TestTls tls;
    private static EllipticCurveJsonWebKey key;

    @BeforeAll
    static void generate() throws Exception {
        tls = TestTls.in(directory);
        key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("k1");
        key.setAlgorithm("ES256");
    }

    private static TestServer start(Container container, String... settings) throws Exception {
        return TestServer.with(settings)
                .servlet("/x/*", new Closed((request, response) -> response.getWriter()
                        .write(request.getUserPrincipal().getName())))
                .tls(tls)
                .guard(ClientCertificateTest::keys)
                .start(container);
    }

    private static void keys(GuardBuilder guard) {
        guard.keys(JwkSource.of(new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY)));
    }

    /** Each call has a connection of its own: a certificate belongs to the connection. */
    private static HttpResponse<String> get(TestServer server, String client, String... headers) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls.client(client))
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/x/1"))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String boundTo(String client) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject("cora");
        claims.setAudience("orders");
        long now = Instant.now().getEpochSecond();
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + 300));
        claims.setJwtId("id-" + client);
        claims.setStringClaim("client_id", client);
        claims.setClaim("cnf", Map.of("x5t#S256", ClientCertificates.thumbprint(tls.certificate(client))));
        JsonWebSignature jws = new JsonWebSignature();
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue("k1");
        jws.setAlgorithmHeaderValue("ES256");
        jws.setHeader("typ", "at+jwt");
        jws.setPayload(claims.toJson());
        return "Bearer " + jws.getCompactSerialization();
    }

    private static String reason(TestServer server) throws InterruptedException {
        return server.event().verdict().reason();
    }

    @ParameterizedTest
    @EnumSource
    void boundToken_certificateOfTheConnection_decides(Container container) throws Exception {
        try (TestServer server =
                start(container, "jwt.issuer", ISSUER, "jwt.audiences", "orders", "mtls.enabled", "true")) {
            HttpResponse<String> right = get(server, "shop", "Authorization", boundTo("shop"));
            assertThat(reason(server)).isNull();
            assertThat(right.body()).isEqualTo("cora");

            HttpResponse<String> wrong = get(server, "other", "Authorization", boundTo("shop"));
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("error=\"invalid_token\"");
            assertThat(reason(server)).isEqualTo("token.certificate_mismatch");

            assertThat(get(server, null, "Authorization", boundTo("shop")).statusCode())
                    .isEqualTo(401);
            assertThat(reason(server)).isEqualTo("token.certificate_absent");

            assertThat(get(server, "stranger", "Authorization", boundTo("stranger"))
                            .statusCode())
                    .as("without anchors any certificate will do that the token is bound to")
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificate_ofTheAuthority_isTheCaller(Container container) throws Exception {
        try (TestServer server = start(
                container,
                "mtls.enabled",
                "true",
                "mtls.identity",
                "common-name",
                "mtls.anchors",
                tls.anchors().toString())) {
            assertThat(get(server, "shop").body()).isEqualTo("shop");
            assertThat(get(server, "other").body()).isEqualTo("other");
            server.event();
            server.event();

            assertThat(get(server, null).statusCode()).isEqualTo(401);
            assertThat(reason(server)).isEqualTo("unauthenticated");
            assertThat(get(server, "stranger").statusCode()).isEqualTo(401);
            assertThat(reason(server)).isEqualTo("certificate.chain");

            String told = ":"
                    + Base64.getEncoder()
                            .encodeToString(tls.certificate("other").getEncoded())
                    + ":";
            assertThat(get(server, "shop", "Client-Cert", told).body())
                    .as("what a client says of itself is ignored")
                    .isEqualTo("shop");
            server.event();

            assertThat(get(server, "shop", "X-API-Key", TestServer.key()).statusCode())
                    .isEqualTo(400);
            assertThat(reason(server)).isEqualTo("credential.several");
        }
    }
}
