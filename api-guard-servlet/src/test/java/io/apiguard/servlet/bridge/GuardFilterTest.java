package io.apiguard.servlet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.Endpoint;
import io.apiguard.Guard;
import io.apiguard.GuardSettings;
import io.apiguard.audit.AuditSink;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a framework gets that passes gate 2 itself, inside its own servlet. */
class GuardFilterTest {

    /** A framework's servlet. */
    @FunctionalInterface
    private interface Framework {
        void serve(HttpServletRequest request, HttpServletResponse response, GuardedExchange exchange) throws Exception;
    }

    private final Endpoint known = new Endpoint(
            List.of("GET", "POST"), "/known", "known", null, null, Object.class, Endpoint.Kind.APPLICATION);
    private final Guard guard = Guard.builder(GuardSettings.of(Map.of(
                    "transport.require-tls", "false",
                    "transport.allowed-hosts", "127.0.0.1",
                    "routes[0].endpoint", "/known",
                    "routes[0].access", "public",
                    "routes[0].redact", "$..card mask=replace",
                    "size.content-types", "application/json, application/x-www-form-urlencoded")))
            .endpoints(List.of(known))
            .auditSink(AuditSink.discardingEveryEvent())
            .build();
    private final List<String> seen = new ArrayList<>();
    private Server server;
    private boolean armed = true;

    private HttpResponse<String> ask(String method, Framework framework) throws Exception {
        server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder("framework", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                try {
                    framework.serve(
                            request, response, GuardedExchange.of(request).orElseThrow());
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        context.addServletContainerInitializer((classes, started) -> {
            ServletEndpoints none = ServletEndpoints.of(started, guard.settings(), name -> true);
            var registration = started.addFilter("guard", new GuardFilter(new FrameworkHost() {
                @Override
                public String name() {
                    return "test";
                }

                @Override
                public Optional<Armed> armed() {
                    return armed ? Optional.of(new Armed(guard, none)) : Optional.empty();
                }

                @Override
                public boolean serves(String servletName, HttpServletRequest request) {
                    return servletName.equals("framework");
                }
            }));
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        });
        server.setHandler(context);
        server.start();
        HttpRequest.BodyPublisher body =
                method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("b=2");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/any?a=1"))
                                .method(method, body)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        guard.close();
    }

    private static void assertNothingOfTheApplication(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("X-App")).isEmpty();
        assertThat(response.headers().firstValue("Location")).isEmpty();
        assertThat(response.body()).doesNotContain("leak").contains("\"status\":" + status);
    }

    @Test
    void writer_notAdmitted_isReplacedBy403() throws Exception {
        assertNothingOfTheApplication(
                ask("GET", (request, response, exchange) -> {
                    response.setHeader("X-App", "leak");
                    response.setContentLength(4);
                    response.getWriter().write("leak");
                    response.flushBuffer();
                    response.getWriter().close();
                }),
                403);
    }

    @Test
    void stream_notAdmittedAsynchronously_isReplacedBy403() throws Exception {
        assertNothingOfTheApplication(
                ask("GET", (request, response, exchange) -> {
                    var async = request.startAsync();
                    async.start(() -> {
                        try {
                            async.getResponse().getOutputStream().print("leak");
                            async.getResponse().flushBuffer();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                        async.complete();
                    });
                }),
                403);
    }

    @Test
    void statusErrorAndRedirect_notAdmitted_areProblems() throws Exception {
        assertNothingOfTheApplication(ask("GET", (request, response, exchange) -> response.setStatus(404)), 404);
        server.stop();
        assertNothingOfTheApplication(
                ask("GET", (request, response, exchange) -> response.sendError(405, "leak")), 405);
        server.stop();
        assertNothingOfTheApplication(ask("GET", (request, response, exchange) -> response.sendRedirect("/leak")), 403);
        server.stop();
        assertNothingOfTheApplication(
                ask("GET", (request, response, exchange) -> {
                    throw new IllegalStateException("leak");
                }),
                500);
    }

    @Test
    void body_notAdmitted_isNotTouched() throws Exception {
        assertNothingOfTheApplication(
                ask("POST", (request, response, exchange) -> {
                    var stream = request.getInputStream();
                    seen.add(request.getParameter("a") + request.getParameter("b"));
                    stream.read();
                }),
                500);
        assertThat(seen).containsExactly("1null");
    }

    @Test
    void body_admitted_isParsedByTheContainer() throws Exception {
        HttpResponse<String> response = ask("POST", (request, answer, exchange) -> {
            seen.add(String.valueOf(request.getParameter("b")));
            assertThat(exchange.admit(guard.policyOf(known).orElseThrow(), Map::of))
                    .isTrue();
            answer.getWriter().write(request.getParameter("a") + request.getParameter("b"));
        });
        assertThat(response.body()).isEqualTo("12");
        assertThat(seen).containsExactly("null");
    }

    @Test
    void writerBeforeAdmission_admittedLater_isRedacted() throws Exception {
        HttpResponse<String> response = ask("GET", (request, answer, exchange) -> {
            var writer = answer.getWriter();
            exchange.admit(guard.policyOf(known).orElseThrow(), Map::of);
            answer.setContentType("application/json");
            writer.write("{\"card\":\"4111\",\"name\":\"Zo\u00eb\"}");
        });
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("4111").contains("Zo\u00eb");
    }

    @Test
    void any_notArmed_is503() throws Exception {
        armed = false;
        HttpResponse<String> response = ask("GET", (request, answer, exchange) -> {});
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
}
