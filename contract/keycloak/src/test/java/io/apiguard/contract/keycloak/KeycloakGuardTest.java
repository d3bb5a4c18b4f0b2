package io.apiguard.contract.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.Completion;
import io.apiguard.Endpoint;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.HandlerCall;
import io.apiguard.Received;
import io.apiguard.RequestBody;
import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole guard with the settings of the guide. */
@Tag("keycloak")
@ExtendWith(RunningKeycloak.class)
class KeycloakGuardTest {

    @TempDir
    Path directory;

    private final KeycloakServer keycloak;
    private final Realm realm;
    private final RecordingAuditSink audit = RecordingAuditSink.ofLatest(10);
    private Guard guard;

    KeycloakGuardTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.realm = new Realm(keycloak);
    }

    @BeforeEach
    void build() throws IOException {
        guard = Guard.builder(Guide.load().settings(directory, keycloak))
                .auditSink(audit)
                .endpoints(Stream.of("/orders/{id}", "/reports", "/payments", "/settings")
                        .map(KeycloakGuardTest::endpoint)
                        .toList())
                .build();
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void orders_nobody_isChallenged() {
        Answer answer = refusal("/orders/{id}", get("/orders/7"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(challenges(answer)).anyMatch(value -> value.startsWith("Bearer realm=\"api\""));
        assertThat(challenges(answer)).anyMatch(value -> value.startsWith("DPoP ") && value.contains("algs="));
    }

    @Test
    void orders_tokenWithScope_isLetIn() {
        assertThat(call("/orders/{id}", get("/orders/7").bearer(realm.reportingToken())))
                .isEmpty();
        assertThat(lastEvent().identity().clientId()).contains("reporting");
    }

    @Test
    void orders_tokenForNobodyInParticular_isForAnotherAudience() {
        String token = Realm.accessToken(realm.token("reporting", Map.of(), null));

        assertThat(refusal("/orders/{id}", get("/orders/7").bearer(token)).status())
                .isEqualTo(401);
        assertThat(reason()).isEqualTo("token.audience");
    }

    @Test
    void orders_idToken_isRefused() {
        String token = Login.of(realm).idToken();

        assertThat(refusal("/orders/{id}", get("/orders/7").bearer(token)).status())
                .isEqualTo(401);
        assertThat(reason()).isEqualTo("token.audience");
    }

    @Test
    void reports_tokenWithRole_isLetIn() {
        assertThat(call("/reports", get("/reports").bearer(realm.reportingToken())))
                .isEmpty();
    }

    @Test
    void reports_tokenWithoutRole_isForbidden() {
        String token = Login.of(realm).accessToken();

        assertThat(refusal("/reports", get("/reports").bearer(token)).status()).isEqualTo(403);
        assertThat(reason()).isEqualTo("forbidden-role");
    }

    @Test
    void payments_bearerToken_isNotEnough() {
        assertThat(refusal("/payments", get("/payments").bearer(realm.reportingToken()))
                        .status())
                .isEqualTo(401);
        assertThat(reason()).isEqualTo("binding-required");
    }

    @Test
    void payments_boundTokenWithProof_isLetInOnce() throws Exception {
        Prover prover = new Prover();
        String token = realm.walletToken(prover);
        InMemoryRequest request = get("/payments");
        String proof = prover.proof("GET", request.uri(), token);

        assertThat(call("/payments", request.dpop(token, proof))).isEmpty();
        assertThat(refusal("/payments", get("/payments").dpop(token, proof)).status())
                .isEqualTo(401);
        assertThat(reason()).isEqualTo("dpop.replayed");
    }

    @Test
    void payments_boundTokenAsBearer_isRefused() throws Exception {
        String token = realm.walletToken(new Prover());

        assertThat(refusal("/payments", get("/payments").bearer(token)).status())
                .isEqualTo(401);
        assertThat(reason()).isEqualTo("token.sender_constrained");
    }

    @Test
    void payments_unboundTokenWithProof_isRefused() throws Exception {
        String token = realm.reportingToken();
        InMemoryRequest request = get("/payments");
        String proof = new Prover().proof("GET", request.uri(), token);

        assertThat(refusal("/payments", request.dpop(token, proof)).status()).isEqualTo(401);
        assertThat(reason()).isEqualTo("dpop.unbound");
    }

    /** Keycloak binds tokens of any client that comes with a proof. */
    @Test
    void payments_tokenOfAnyClientThatWasFetchedWithProof_isLetIn() throws Exception {
        Prover prover = new Prover();
        String proof = prover.proof("POST", realm.tokenEndpoint().toString(), null);
        String token = Realm.accessToken(realm.token("reporting", Map.of("scope", "orders:read"), proof));
        InMemoryRequest request = get("/payments");

        assertThat(call("/payments", request.dpop(token, prover.proof("GET", request.uri(), token))))
                .isEmpty();
    }

    @Test
    void payments_proofOfAnotherKey_isRefused() throws Exception {
        String token = realm.walletToken(new Prover());
        InMemoryRequest request = get("/payments");
        String proof = new Prover().proof("GET", request.uri(), token);

        assertThat(refusal("/payments", request.dpop(token, proof)).status()).isEqualTo(401);
        assertThat(reason()).isEqualTo("dpop.key_mismatch");
    }

    @Test
    void settings_loginOfALowerLevel_isAskedToStepUp() {
        Answer answer =
                refusal("/settings", get("/settings").bearer(Login.of(realm).accessToken()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(reason()).isEqualTo("insufficient-authentication");
        assertThat(challenges(answer))
                .anyMatch(value ->
                        value.contains("insufficient_user_authentication") && value.contains("acr_values=\"2\""));
    }

    private static Endpoint endpoint(String template) {
        return new Endpoint(
                List.of("GET"), template, "Shop" + template, null, null, void.class, Endpoint.Kind.APPLICATION);
    }

    private static InMemoryRequest get(String path) {
        return new InMemoryRequest("GET", path);
    }

    private Answer refusal(String template, InMemoryRequest request) {
        return call(template, request).orElseThrow(() -> new AssertionError("was let in"));
    }

    /** Takes a request through both gates, and returns the answer that stands in the application's place, if any. */
    private Optional<Answer> call(String template, InMemoryRequest request) {
        Received received = guard.receive(request);
        Optional<Answer> answer = received.answer()
                .or(() -> received.admit(policy(template), new HandlerCall(Map::of, RequestBody.none()))
                        .refusal());
        received.release(Completion.of(answer.map(Answer::status).orElse(200), 0));
        return answer;
    }

    private EndpointPolicy policy(String template) {
        return guard.policyOf(endpoint(template)).orElseThrow();
    }

    private static List<String> challenges(Answer answer) {
        return answer.headers().stream()
                .filter(header -> header.name().equals("WWW-Authenticate"))
                .map(Header::value)
                .toList();
    }

    private AuditEvent lastEvent() {
        return audit.events().get(audit.events().size() - 1);
    }

    private String reason() {
        return lastEvent().verdict().reason();
    }
}
