package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionResult;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.contract.authorizationserver.Certificates.Issued;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server says of tokens, to resources that authenticate themselves by certificates (RFC 8705 section 2). */
class IntrospectionOverTlsTest {

    private static final String SUBJECT = "CN=certified-api,O=Orders";

    private static final Issued AUTHORITY = Certificates.authority("CN=authority");
    private static final Issued CERTIFIED = Certificates.client(SUBJECT, AUTHORITY);
    private static final Issued SELF_SIGNED = Certificates.selfSigned("CN=self-signed-api");
    private static final Issued OTHER_SELF_SIGNED = Certificates.selfSigned("CN=other");

    private static ClientKeySet published;
    private static AuthorizationServer server;
    private static String token;

    @BeforeAll
    static void start() {
        published = ClientKeySet.of(SELF_SIGNED);
        Tls tls = new Tls(
                Certificates.server(AUTHORITY),
                List.of(AUTHORITY.certificate(), SELF_SIGNED.certificate(), OTHER_SELF_SIGNED.certificate()));
        server = AuthorizationServer.start(
                tls,
                Clients.opaque("olga"),
                Clients.certifiedResource("certified-api", SUBJECT),
                Clients.selfSignedResource("self-signed-api", published));
        token = new OAuthClient(server.issuer(), Certificates.sslContext(AUTHORITY, null))
                .clientCredentials("olga", Clients.READ)
                .access();
    }

    @AfterAll
    static void stop() {
        server.close();
        published.close();
    }

    private static IntrospectionResult verify(String resource, Issued identity) {
        return IntrospectionVerifier.forIssuer(URI.create(server.issuer()))
                .endpoint(URI.create(server.introspectionAddress()))
                .client(ClientAuthentication.mutualTls(resource))
                .audience(AuthorizationServer.AUDIENCE)
                .httpClient(HttpClient.newBuilder()
                        .sslContext(Certificates.sslContext(AUTHORITY, identity))
                        .build())
                .build()
                .verify(token);
    }

    private static void accepted(IntrospectionResult result) {
        assertThat(result).isInstanceOfSatisfying(IntrospectionResult.Valid.class, valid -> assertThat(
                        valid.token().identity().subject())
                .isEqualTo("olga"));
    }

    private static void unavailable(IntrospectionResult result, String resource) {
        assertThat(result).isInstanceOfSatisfying(IntrospectionResult.Unavailable.class, unavailable -> assertThat(
                        unavailable.detail())
                .contains("401", resource));
    }

    @Test
    void verify_byCertificateOfAuthority_isAccepted() {
        accepted(verify("certified-api", CERTIFIED));
    }

    @Test
    void verify_byCertificateOfItsOwnMaking_isAccepted() {
        accepted(verify("self-signed-api", SELF_SIGNED));
    }

    @Test
    void verify_byCertificateOfAnotherSubject_isUnavailable() {
        unavailable(verify("certified-api", Certificates.client("CN=other,O=Orders", AUTHORITY)), "certified-api");
    }

    @Test
    void verify_byAnotherCertificateOfItsOwnMaking_isUnavailable() {
        unavailable(verify("self-signed-api", OTHER_SELF_SIGNED), "self-signed-api");
    }

    @Test
    void verify_withoutCertificate_isUnavailable() {
        unavailable(verify("certified-api", null), "certified-api");
        unavailable(verify("self-signed-api", null), "self-signed-api");
    }

    @Test
    void verify_serverOfAnotherAuthority_isUnavailable() {
        IntrospectionVerifier verifier = IntrospectionVerifier.forIssuer(URI.create(server.issuer()))
                .endpoint(URI.create(server.introspectionAddress()))
                .client(ClientAuthentication.mutualTls("certified-api"))
                .audience(AuthorizationServer.AUDIENCE)
                .httpClient(HttpClient.newBuilder()
                        .sslContext(Certificates.sslContext(Certificates.authority("CN=authority"), CERTIFIED))
                        .build())
                .build();

        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        IntrospectionResult.Unavailable.class,
                        unavailable -> assertThat(unavailable.detail()).contains("no TLS connection"));
    }
}
