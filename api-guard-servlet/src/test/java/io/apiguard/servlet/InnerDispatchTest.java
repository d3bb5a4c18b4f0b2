package io.apiguard.servlet;

import static io.apiguard.servlet.TestServlets.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditEvent.Outcome;
import io.apiguard.servlet.TestServer.Container;
import io.apiguard.servlet.TestServlets.Closed;
import io.apiguard.servlet.TestServlets.Open;
import io.apiguard.servlet.TestServlets.Work;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forwards and includes, one inside another: whose rules hold, and whose answer it is. */
class InnerDispatchTest {

    private static final String PIN = "{\"pin\":\"0000\",\"card\":\"4111\",\"cvc\":\"999\"}";

    private static Work including(String path) {
        return (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().write("{\"part\":");
            request.getRequestDispatcher(path).include(request, response);
            response.getWriter().write(",\"pin\":\"0000\",\"card\":\"4111\",\"cvc\":\"999\"}");
        };
    }

    private static Work writing(String text) {
        return (request, response) -> response.getWriter().write(text);
    }

    private static Work forwarding(String path) {
        return (request, response) -> request.getRequestDispatcher(path).forward(request, response);
    }

    // ---- the audit event

    @ParameterizedTest
    @EnumSource
    void include_refusedOrServed_leavesAuditToTheIncludingPage(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/closed", new Closed(writing("closed")))
                .servlet("/open", new Open(writing("1")))
                .servlet("/page", new Open(including("/closed")))
                .servlet("/other", new Open(including("/open")))
                .start(container)) {
            assertThat(server.get("/page").statusCode()).isEqualTo(200);
            AuditEvent refused = server.event();
            assertThat(refused.verdict().outcome()).isEqualTo(Outcome.PERMITTED);
            assertThat(refused.request().endpoint()).isEqualTo("GET /page");
            assertThat(server.get("/other").statusCode()).isEqualTo(200);
            assertThat(server.event().request().endpoint()).isEqualTo("GET /other");
            assertThat(server.moreEvents()).isZero();
        }
    }

    // ---- redaction

    @ParameterizedTest
    @EnumSource
    void include_insideAnother_masksByTheRulesOfAll(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/a", new Open(including("/b")))
                .servlet("/b", new Open(including("/c")))
                .servlet("/c", new Open(writing(PIN)))
                .route("/b", "redact", "$..card mask=replace")
                .route("/c", "redact", "$..pin mask=replace")
                .start(container)) {
            assertThat(server.get("/a").body())
                    .isEqualTo("{\"part\":{\"part\":{\"pin\":\"***\",\"card\":\"***\",\"cvc\":\"999\"},"
                            + "\"pin\":\"0000\",\"card\":\"***\",\"cvc\":\"999\"},"
                            + "\"pin\":\"0000\",\"card\":\"4111\",\"cvc\":\"999\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void include_resetsTheBuffer_isStillMasked(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/page", new Open((request, response) -> {
                    response.setContentType("application/json");
                    request.getRequestDispatcher("/card").include(request, response);
                }))
                .servlet("/card", new Open((request, response) -> {
                    response.resetBuffer();
                    response.getWriter().write(CARD);
                }))
                .route("/card", "redact", "$..card mask=replace")
                .start(container)) {
            assertThat(server.get("/page").body()).contains("***").doesNotContain("4111");
        }
    }

    @ParameterizedTest
    @EnumSource
    void include_brokenDocumentInsideRedactedOne_isPlaceholder(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/a", new Open(including("/b")))
                .servlet("/b", new Open(writing("{\"card\":\"4111")))
                .route("/a", "redact", "$..pin mask=replace")
                .route("/b", "redact", "$..card mask=replace")
                .start(container)) {
            HttpResponse<String> response = server.get("/a");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("redaction-failed").doesNotContain("4111", "0000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void include_sendsErrorOrRedirects_doesNotChangeThePage(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/a", new Open(including("/error")))
                .servlet("/b", new Open(including("/redirect")))
                .servlet("/error", new Open((request, response) -> {
                    response.getWriter().write("1");
                    response.sendError(404);
                }))
                .servlet("/redirect", new Open((request, response) -> {
                    response.getWriter().write("1");
                    response.sendRedirect("/a");
                }))
                .start(container)) {
            for (String page : new String[] {"/a", "/b"}) {
                HttpResponse<String> response = server.get(page);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).startsWith("{\"part\":1,").endsWith("}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void include_ofJsonIntoHtmlPage_isMasked(Container container) throws Exception {
        Work page = (request, response) -> {
            response.setContentType("text/html");
            response.getWriter().write("<script>card=");
            request.getRequestDispatcher("/card").include(request, response);
            response.getWriter().write("</script>");
        };
        try (TestServer server = TestServer.with()
                .servlet("/page", new Open(page))
                .servlet("/utf8", new Open((request, response) -> {
                    response.setCharacterEncoding("UTF-8");
                    page.on(request, response);
                }))
                .servlet("/card", new Open(writing(CARD)))
                .route("/card", "redact", "$..card mask=replace")
                .start(container)) {
            assertThat(server.get("/page").body()).doesNotContain("4111");
            assertThat(server.get("/utf8").body())
                    .startsWith("<script>card={\"id\":7,\"card\":\"***\"")
                    .endsWith("</script>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_afterTheSourceUsedItsStream_isMaskedByTheTarget(Container container) throws Exception {
        Work streaming = (request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().write(CARD.getBytes(StandardCharsets.UTF_8));
        };
        try (TestServer server = TestServer.with()
                .servlet("/source", new Open((request, response) -> {
                    response.setContentLength(100);
                    response.getOutputStream().write('x');
                    request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
                }))
                .servlet("/writer", new Open((request, response) -> TestServlets.json(response)))
                .servlet("/stream", new Open(streaming))
                .route("/writer", "redact", "$..card mask=replace")
                .route("/stream", "redact", "$..card mask=replace")
                .start(container)) {
            for (String target : new String[] {"/writer", "/stream"}) {
                HttpResponse<String> response = server.get("/source?to=" + target);
                assertThat(response.body())
                        .startsWith("{\"id\":7,\"card\":\"***\"")
                        .endsWith("}");
                assertThat(response.headers().firstValue("X-Content-Type-Options"))
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_afterTheSourceAskedForWriter_isUtf8AndMasked(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/source", new Open((request, response) -> {
                    response.getWriter().write("x");
                    request.getRequestDispatcher("/card").forward(request, response);
                }))
                .servlet("/card", new Open((request, response) -> {
                    response.setContentType("application/json");
                    response.getOutputStream().write(CARD.getBytes(StandardCharsets.UTF_8));
                }))
                .route("/card", "redact", "$..card mask=replace")
                .start(container)) {
            HttpResponse<String> response = server.get("/source");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"card\":\"***\"", "Zo\u00eb");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forward_insideInclude_keepsTheIncludingHandlersRules(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/page", new Open(including("/forward")))
                .servlet("/forward", new Open(forwarding("/none")))
                .servlet("/none", new Open(writing("1")))
                .route("/page", "redact", "$..pin mask=replace")
                .start(container)) {
            HttpResponse<String> response = server.get("/page");
            assertThat(response.body()).doesNotContain("0000");
            assertThat(server.event().request().endpoint()).isEqualTo("GET /page");
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentType_withdrawnAfterWriting_sendsNothingUnmasked(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/x", new Open((request, response) -> {
                    response.setContentType("text/plain");
                    response.getOutputStream().write(CARD.getBytes(StandardCharsets.UTF_8));
                    response.setContentType(null);
                }))
                .route("/x", "redact", "$..card mask=replace")
                .start(container)) {
            assertThat(server.get("/x").body()).doesNotContain("4111");
        }
    }

    // ---- by name

    @ParameterizedTest
    @EnumSource
    void namedDispatch_fromFilter_isRefused(Container container) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestServer server = TestServer.with()
                .servlet("/x", new Open(writing("x")))
                .servlet("/y", new Open(writing("y")))
                .servlet("/closed", new Closed((request, response) -> calls.incrementAndGet()))
                .filter((request, response, chain) -> {
                    HttpServletRequest asked = new HttpServletRequestWrapper((HttpServletRequest) request);
                    if (asked.getRequestURI().equals("/x")) {
                        request.getServletContext()
                                .getNamedDispatcher("s/closed")
                                .forward(asked, response);
                    } else {
                        request.getServletContext()
                                .getNamedDispatcher("s/closed")
                                .include(asked, response);
                        request.getRequestDispatcher("/x").include(asked, response);
                        chain.doFilter(asked, response);
                    }
                })
                .start(container)) {
            assertThat(server.get("/x").statusCode()).isEqualTo(404);
            HttpResponse<String> included = server.get("/y");
            assertThat(calls).hasValue(0);
            assertThat(included.body()).endsWith("y");
        }
    }
}
