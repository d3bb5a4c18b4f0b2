package io.apiguard.examples.orders.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersServerTest {

    @TempDir
    static Path directory;

    private static TestIssuer issuer;
    private static OrdersServer server;
    private static TestClient client;

    @BeforeAll
    static void start() throws Exception {
        issuer = TestIssuer.start();
        System.setProperty("apiguard.config", issuer.configuration(directory).toString());
        server = OrdersServer.start(0);
        client = new TestClient(server.port());
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("apiguard.config");
        server.stop();
        issuer.close();
    }

    @Test
    void catalog_noToken_isPublic() throws Exception {
        assertThat(client.get("/catalog", null).statusCode()).isEqualTo(200);
    }

    @Test
    void order_noToken_refused() throws Exception {
        HttpResponse<String> answer = client.get("/orders/1001", null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    }

    @Test
    void order_ofTheCaller_maskedCard() throws Exception {
        HttpResponse<String> answer = client.get("/orders/1001", issuer.token("alice", "orders:read"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"***1111\"").doesNotContain("4111", "riskNote");
    }

    @Test
    void order_ofSomebodyElse_refused() throws Exception {
        assertThat(client.get("/orders/1002", issuer.token("alice", "orders:read"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void placing_withScope_created() throws Exception {
        String order = "{\"item\":\"chair\",\"quantity\":4,\"card\":\"4242424242424242\"}";
        HttpResponse<String> answer = client.post("/orders", order, issuer.token("carol", "orders:write"));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"carol\"", "\"***4242\"");
        assertThat(client.post("/orders", order, issuer.token("carol", "orders:read"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void quotes_fourthInAMinute_refused() throws Exception {
        String token = issuer.token("dave", "orders:read");
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/quotes/lamp", token).statusCode()).isEqualTo(200);
        }
        assertThat(client.get("/quotes/lamp", token).statusCode()).isEqualTo(429);
    }

    @Test
    void adminOrders_roleAdminOnly_seesRiskNotes() throws Exception {
        assertThat(client.get("/admin/orders", issuer.token("alice", "orders:read"))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> answer = client.get("/admin/orders", issuer.token("erin", "orders:read", "admin"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("riskNote", "\"***5559\"");
    }
}
