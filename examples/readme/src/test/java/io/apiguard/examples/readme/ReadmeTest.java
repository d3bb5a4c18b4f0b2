package io.apiguard.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.examples.readme.Servers.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the snippets of README.md and runs them under its settings: requests refused, and one let in. */
class ReadmeTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Readme readme;
    private static TestIssuer issuer;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        readme = Readme.load();
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void spring_underTheGuard_maskedCard() throws Exception {
        Class<?> controller = compiled(
                "OrdersController",
                new Compiler()
                        .add(readme.snippet("spring"), "org.springframework.web.bind.annotation.*")
                        .add(readme.snippet("model")));
        try (Running server = Servers.springBoot(controller, settings("settings"))) {
            assertGuarded(server.port());
            assertThat(get(server.port(), "/orders/7", token()).body())
                    .contains("\"***1111\"")
                    .doesNotContain("4111");
        }
    }

    @Test
    void jaxrs_underTheGuard_maskedCard() throws Exception {
        Class<?> resource = compiled(
                "OrdersResource",
                new Compiler()
                        .add(readme.snippet("jaxrs"), "jakarta.ws.rs.*", "jakarta.ws.rs.core.*")
                        .add(readme.snippet("model")));
        try (Running server = Servers.jersey(resource, settings("settings"))) {
            assertGuarded(server.port());
            assertThat(get(server.port(), "/orders/7", token()).body())
                    .contains("\"***1111\"")
                    .doesNotContain("4111");
        }
    }

    @Test
    void servlet_underTheGuard_answers() throws Exception {
        Class<?> servlet =
                compiled("OrdersServlet", new Compiler().add(readme.snippet("servlet"), "jakarta.servlet.http.*"));
        try (Running server = Servers.servlet(servlet, settings("settings"))) {
            assertGuarded(server.port());
        }
    }

    @Test
    void routes_untouchedApplication_guarded() throws Exception {
        try (Running server = Servers.springBoot(UntouchedController.class, settings("routes"))) {
            assertThat(get(server.port(), "/health", null).statusCode()).isEqualTo(200);
            assertThat(get(server.port(), "/orders/7", null).statusCode()).isEqualTo(401);
            HttpResponse<String> answer = get(server.port(), "/orders/7", token());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"***1111\"").doesNotContain("4111");
            assertThat(answer.headers().firstValue("RateLimit-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("60"));
        }
    }

    private static void assertGuarded(int port) throws Exception {
        assertThat(get(port, "/orders/7", null).statusCode()).isEqualTo(401);
        assertThat(get(port, "/orders/7", issuer.token("alice", "other")).statusCode())
                .isEqualTo(403);
        HttpResponse<String> answer = get(port, "/orders/7", token());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"owner\":\"alice\"");
    }

    private static String token() throws Exception {
        return issuer.token("alice", "orders:read");
    }

    private Class<?> compiled(String name, Compiler compiler) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        return compiler.compile(classes).loadClass(Compiler.PACKAGE + "." + name);
    }

    /** The settings as they stand in the README, for this issuer and without TLS, both of which are this machine's. */
    private Path settings(String snippet) throws Exception {
        String text = readme.snippet(snippet)
                .replace("https://id.example.com", issuer.url() + "\n    allow-loopback-http: true");
        return Files.writeString(
                directory.resolve("api-guard.yaml"), text + "\n  transport:\n    allow-loopback-http: true\n");
    }

    private static HttpResponse<String> get(int port, String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
