package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditEvent.Outcome;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way through the guard on Jersey without a servlet container. */
class JerseyStandaloneTest {

    private static final String KEY = "X-API-Key";

    private final TestGuard guard = new TestGuard();
    private JdkServer server;

    @BeforeEach
    void start() {
        OrdersApplication.LOCATIONS.set(0);
        server = new JdkServer(new OrdersApplication(), guard.feature().withPeers(new TestGuard.Loopback()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AuditEvent onlyEvent() {
        AuditEvent event = guard.event();
        server.drain();
        assertThat(guard.hasMoreEvents()).isFalse();
        return event;
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:apiguard:problem:" + type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void get_publicEndpoint_isServedWithHeadersAndAuditedOnce() {
        HttpResponse<String> answer = server.get("/api/orders");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        AuditEvent event = onlyEvent();
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.PERMITTED);
        assertThat(event.traffic().responseBytes()).isEqualTo(2);
        assertThat(event.action()).isEqualTo("GET /api/orders");
    }

    @Test
    void get_withoutCredential_isChallenged() {
        HttpResponse<String> answer = server.get("/api/orders/1");

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(onlyEvent().verdict().outcome()).isEqualTo(Outcome.DENIED);
    }

    @Test
    void get_badCredential_isRefusedAtGate1() {
        assertProblem(server.get("/api/orders", KEY, "ag_nonsense"), 401, "unauthenticated");
        assertThat(onlyEvent().verdict().outcome()).isEqualTo(Outcome.DENIED);
    }

    @Test
    void get_ownOrder_isRedacted() {
        HttpResponse<String> answer = server.get("/api/orders/1", KEY, TestGuard.alice());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"1\"").doesNotContain("4111");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(onlyEvent().identity()).hasToString("Identity[alice by API_KEY]");
    }

    @Test
    void head_ownOrder_tellsNoLengthOfWhatIsMasked() {
        HttpResponse<String> answer = server.send("HEAD", "/api/orders/1", "", KEY, TestGuard.alice());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        onlyEvent();
    }

    @Test
    void get_openResponse_isRedactedAsWell() {
        HttpResponse<String> answer = server.get("/api/orders/1/open", KEY, TestGuard.alice());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"1\"").doesNotContain("4111");
        onlyEvent();
    }

    @Test
    void get_foreignOrder_isForbidden() {
        assertProblem(server.get("/api/orders/2", KEY, TestGuard.alice()), 403, "forbidden");
        assertThat(server.get("/api/orders/2", KEY, TestGuard.admin()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void get_identityParameters_areTheCaller() {
        assertThat(server.get("/api/orders/me", KEY, TestGuard.admin()).body()).isEqualTo("admin true true");
        assertThat(server.get("/api/orders/me", KEY, TestGuard.alice()).body()).isEqualTo("alice true false");
        assertThat(server.get("/api/orders/who").body()).isEqualTo("null");
    }

    @Test
    void get_rolesAllowed_isEnforced() {
        assertProblem(server.get("/api/orders/admin", KEY, TestGuard.alice()), 403, "forbidden");
        assertThat(server.get("/api/orders/admin", KEY, TestGuard.admin()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void post_checkedBody_isWhatTheHandlerReads() {
        HttpResponse<String> answer = server.send(
                "POST", "/api/orders", "{\"a\":1,\"b\":2}", KEY, TestGuard.alice(), "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"size\":2}");
    }

    @Test
    void post_duplicateKeys_areRefused() {
        assertProblem(
                server.send(
                        "POST",
                        "/api/orders",
                        "{\"a\":1,\"a\":2}",
                        KEY,
                        TestGuard.alice(),
                        "Content-Type",
                        "application/json"),
                400,
                "invalid-body");
    }

    @Test
    void post_whatTheMapperCannotRead_tellsNothingOfClasses() {
        HttpResponse<String> answer =
                server.send("POST", "/api/orders", "[1]", KEY, TestGuard.alice(), "Content-Type", "application/json");

        assertProblem(answer, 400, "malformed-request");
        assertThat(answer.body()).doesNotContain("java");
    }

    @Test
    void framework_refusals_areProblems() {
        assertProblem(server.get("/api/nothing"), 404, "not-found");
        assertProblem(server.send("DELETE", "/api/orders", ""), 405, "method-not-allowed");
        assertProblem(server.get("/api/orders", "Accept", "image/png"), 406, "not-acceptable");
        assertProblem(server.send("OPTIONS", "/api/orders", ""), 405, "method-not-allowed");
        for (int i = 0; i < 4; i++) {
            assertThat(guard.event().verdict().outcome()).isEqualTo(Outcome.DENIED);
        }
    }

    @Test
    void handler_thatFails_tellsNothing() {
        HttpResponse<String> answer = server.get("/api/orders/broken");

        assertProblem(answer, 500, "internal-error");
        assertThat(answer.body()).doesNotContain("12345");
        assertThat(onlyEvent().verdict().outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void handler_thatMeansItsStatus_becomesAProblem() {
        assertProblem(server.get("/api/orders/missing"), 404, "not-found");
    }

    @Test
    void handler_whoseFailureIsMapped_answersByItsMapper() {
        HttpResponse<String> answer = server.get("/api/orders/tea");

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("short and stout");
        onlyEvent();
    }

    @Test
    void path_tricks_areRefusedBeforeMatching() {
        assertProblem(server.get("/api/orders/1;x=1", KEY, TestGuard.alice()), 400, "malformed-request");
        assertProblem(server.get("/api//orders/1", KEY, TestGuard.alice()), 400, "malformed-request");
        assertProblem(server.get("/api/%6frders/1", KEY, TestGuard.alice()), 400, "malformed-request");
    }

    @Test
    void locator_withoutCredential_isNotCalled() {
        assertProblem(server.get("/api/orders/1/items"), 401, "unauthenticated");
        assertProblem(server.get("/api/orders/2/items/7", KEY, TestGuard.alice()), 403, "forbidden");
        assertThat(OrdersApplication.LOCATIONS).hasValue(0);
        assertThat(guard.event().verdict().outcome()).isEqualTo(Outcome.DENIED);
        assertThat(onlyEvent().verdict().outcome()).isEqualTo(Outcome.DENIED);
    }

    @Test
    void locator_andMethod_bothDecide() {
        assertThat(server.get("/api/orders/1/items", KEY, TestGuard.alice()).body())
                .isEqualTo("1");
        assertProblem(server.get("/api/orders/1/items/7", KEY, TestGuard.alice()), 403, "insufficient-scope");
        assertThat(server.get("/api/orders/1/items/7", KEY, TestGuard.admin()).body())
                .isEqualTo("1/7");
    }

    @Test
    void locator_thatDoesNotSayWhereItLeads_leadsNowhere() {
        assertProblem(server.get("/api/orders/1/any", KEY, TestGuard.admin()), 403, "forbidden");
        assertProblem(server.get("/api/orders/1/any/7", KEY, TestGuard.admin()), 403, "forbidden");
    }
}
