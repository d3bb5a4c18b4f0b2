package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.contract.authorizationserver.Certificates.Issued;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/** Tokens that the server bound to the certificate of the client (RFC 8705 section 3), at a guarded API, all over TLS. */
class CertificateBoundTokenTest {

    private static final String SIGNED = "tessa";
    private static final String OPAQUE = "otto";
    private static final String SUBJECT = "CN=client,O=Orders";
    private static final String RESOURCE = "CN=orders-api,O=Orders";

    private static final Issued AUTHORITY = Certificates.authority("CN=authority");
    private static final Issued RIGHT = Certificates.client(SUBJECT, AUTHORITY);

    private static AuthorizationServer server;
    private static JwkSource keys;
    private static GuardedApi api;
    private static OAuthClient client;

    @BeforeAll
    static void start() throws Exception {
        Tls tls = new Tls(Certificates.server(AUTHORITY), List.of(AUTHORITY.certificate()));
        server = AuthorizationServer.start(
                tls,
                Clients.bound(SIGNED, SUBJECT, OAuth2TokenFormat.SELF_CONTAINED),
                Clients.bound(OPAQUE, SUBJECT, OAuth2TokenFormat.REFERENCE),
                Clients.service("alice"),
                Clients.certifiedResource("orders-api", RESOURCE));
        keys = JwkSource.discovery(URI.create(server.issuer()))
                .httpClient(http(null))
                .build();
        IntrospectionVerifier opaqueTokens = IntrospectionVerifier.forIssuer(URI.create(server.issuer()))
                .endpoint(URI.create(server.introspectionAddress()))
                .client(ClientAuthentication.mutualTls("orders-api"))
                .audience(AuthorizationServer.AUDIENCE)
                .httpClient(http(Certificates.client(RESOURCE, AUTHORITY)))
                .build();
        api = GuardedApi.start(server, tls, Map.of("mtls.enabled", "true"), guard -> guard.keys(keys)
                .opaqueTokens(opaqueTokens));
        client = new OAuthClient(server.issuer(), Certificates.sslContext(AUTHORITY, RIGHT));
    }

    private static HttpClient http(Issued identity) {
        return HttpClient.newBuilder()
                .sslContext(Certificates.sslContext(AUTHORITY, identity))
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        keys.close();
        server.close();
    }

    private static HttpResponse<String> get(Issued certificate, String token) {
        return api.bearer(Certificates.sslContext(AUTHORITY, certificate), token);
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    }

    private static String bound(String caller) {
        return client.byCertificate(caller, Clients.READ).access();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_withTheCertificateOfTheToken_isAccepted(String caller) {
        HttpResponse<String> answer = get(RIGHT, bound(caller));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_withAnotherCertificateOfTheSameSubject_isRefused(String caller) {
        refused(get(Certificates.client(SUBJECT, AUTHORITY), bound(caller)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_withTheCertificateOfAnother_isRefused(String caller) {
        refused(get(Certificates.client("CN=other,O=Orders", AUTHORITY), bound(caller)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_withoutCertificate_isRefused(String caller) {
        refused(get(null, bound(caller)));
    }

    @Test
    void get_unboundToken_isAcceptedWithAndWithoutCertificate() {
        String unbound = client.clientCredentials("alice", Clients.READ).access();

        assertThat(get(null, unbound).statusCode()).isEqualTo(200);
        assertThat(get(RIGHT, unbound).statusCode()).isEqualTo(200);
    }
}
