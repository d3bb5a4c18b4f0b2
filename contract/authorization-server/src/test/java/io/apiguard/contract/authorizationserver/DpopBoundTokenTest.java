package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.contract.authorizationserver.OAuthClient.Tokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that the server bound to the key of a proof (RFC 9449), signed ones and opaque ones, at a guarded API. */
class DpopBoundTokenTest {

    private static final String SIGNED = "alice";
    private static final String OPAQUE = "olga";

    private static AuthorizationServer server;
    private static OAuthClient client;
    private static JwkSource keys;
    private static GuardedApi api;

    private final Prover prover = new Prover();

    @BeforeAll
    static void start() throws Exception {
        server = AuthorizationServer.start(
                Clients.service(SIGNED), Clients.opaque(OPAQUE), Clients.resource("orders-api"));
        client = server.client();
        keys = JwkSource.discovery(URI.create(server.issuer()))
                .allowInsecureLoopback()
                .build();
        IntrospectionVerifier opaqueTokens = IntrospectionVerifier.forIssuer(URI.create(server.issuer()))
                .endpoint(URI.create(server.introspectionAddress()))
                .allowInsecureLoopback()
                .client(ClientAuthentication.basic("orders-api", AuthorizationServer.secretOf("orders-api")))
                .audience(AuthorizationServer.AUDIENCE)
                .build();
        api = GuardedApi.start(server, null, Map.of("dpop.enabled", "true"), guard -> guard.keys(keys)
                .opaqueTokens(opaqueTokens));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        keys.close();
        server.close();
    }

    private static HttpResponse<String> proven(String token, String proof) {
        return api.get("Authorization", "DPoP " + token, "DPoP", proof);
    }

    private String proof(String token) {
        return prover.proof("GET", api.address(), token);
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).anyMatch(challenge -> challenge.startsWith("DPoP "));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_boundTokenWithProof_isAccepted(String caller) {
        Tokens tokens = client.proven(caller, Clients.READ, prover);
        assertThat(tokens.type()).isEqualTo("DPoP");

        HttpResponse<String> answer = proven(tokens.access(), proof(tokens.access()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_boundTokenAsBearer_isRefused(String caller) {
        String token = client.proven(caller, Clients.READ, prover).access();

        refused(api.bearer(token));
        refused(api.get("Authorization", "Bearer " + token, "DPoP", proof(token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_boundTokenWithProofOfAnotherKey_isRefused(String caller) {
        String token = client.proven(caller, Clients.READ, prover).access();

        refused(proven(token, new Prover().proof("GET", api.address(), token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_boundTokenWithoutProof_isRefused(String caller) {
        String token = client.proven(caller, Clients.READ, prover).access();

        refused(api.get("Authorization", "DPoP " + token));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_proofUsedBefore_isRefused(String caller) {
        String token = client.proven(caller, Clients.READ, prover).access();
        String proof = proof(token);

        assertThat(proven(token, proof).statusCode()).isEqualTo(200);
        refused(proven(token, proof));
        assertThat(proven(token, proof(token)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_unboundTokenWithProof_isRefused(String caller) {
        String token = client.clientCredentials(caller, Clients.READ).access();

        refused(proven(token, proof(token)));
        assertThat(api.bearer(token).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, OPAQUE})
    void get_proofForTheTokenEndpoint_isRefused(String caller) {
        String token = client.proven(caller, Clients.READ, prover).access();

        refused(proven(token, prover.proof("POST", server.issuer() + "/oauth2/token", token)));
        refused(proven(token, prover.proof("GET", api.address())));
    }
}
