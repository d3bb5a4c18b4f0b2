package io.apiguard.servlet;

import static io.apiguard.servlet.TestServlets.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.audit.AuditEvent.Outcome;
import io.apiguard.servlet.TestServer.Container;
import io.apiguard.servlet.TestServlets.Closed;
import io.apiguard.servlet.TestServlets.Open;
import io.apiguard.servlet.TestServlets.Unsaid;
import io.apiguard.servlet.TestServlets.Work;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiGuardFilterTest {

    private static final String MASKED = CARD.replace("4111111111111111", "***");

    private static TestServer open(Container container, Work work, String... settings) throws Exception {
        return TestServer.with(settings).servlet("/x/*", new Open(work)).start(container);
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("").split(";")[0])
                .isEqualTo("application/problem+json");
        assertDecorated(response);
    }

    private static void assertDecorated(HttpResponse<String> response) {
        assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().firstValue("Server").orElse("")).isEmpty();
    }

    // ---- gate 1 and gate 2

    @ParameterizedTest
    @EnumSource
    void get_openServlet_isServedDecoratedAndAuditedOnce(Container container) throws Exception {
        try (TestServer server = open(container, (request, response) -> TestServlets.json(response))) {
            HttpResponse<String> response = server.get("/x/1");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(CARD);
            assertDecorated(response);
            assertThat(server.event().traffic().responseBytes())
                    .isEqualTo(CARD.getBytes(StandardCharsets.UTF_8).length);
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void get_closedServlet_demandsCallerAndShowsIt(Container container) throws Exception {
        Work whoAmI = (request, response) -> response.getWriter()
                .write(request.getRemoteUser() + " " + request.isUserInRole("clerk") + " "
                        + request.isUserInRole("boss") + " "
                        + request.getUserPrincipal().getName());
        try (TestServer server =
                TestServer.with().servlet("/x/*", new Closed(whoAmI)).start(container)) {
            assertProblem(server.get("/x/1"), 401);
            assertThat(server.send("GET", "/x/1", null, "X-API-Key", TestServer.key())
                            .body())
                    .isEqualTo("anna true false anna");
            assertProblem(
                    server.send(
                            "POST", "/x/1", "{}", "X-API-Key", TestServer.key(), "Content-Type", "application/json"),
                    403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_unknownPathOrMethod_is404Or405(Container container) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestServer server = TestServer.with()
                .servlet("/api/*", new Unsaid((request, response) -> calls.incrementAndGet()))
                .route("GET /api/orders/{id}", "access", "public")
                .start(container)) {
            assertThat(server.get("/api/orders/1").statusCode()).isEqualTo(200);
            assertThat(server.send("HEAD", "/api/orders/1", null).statusCode()).isEqualTo(200);
            assertProblem(server.get("/api/orders"), 404);
            assertProblem(server.get("/api/orders/1/items"), 404);
            assertProblem(server.get("/elsewhere"), 404);
            HttpResponse<String> refused = server.send("DELETE", "/api/orders/1", null);
            assertProblem(refused, 405);
            assertThat(refused.headers().allValues("Allow")).containsExactly("GET, HEAD");
            assertThat(calls).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void get_routeAndAnnotation_bothMustPermit(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .at("/shop")
                .servlet("/api/*", new Closed((request, response) -> response.getWriter()
                        .write("in")))
                .route("GET /api/secret", "roles", "boss")
                .start(container)) {
            assertThat(server.send("GET", "/api/other", null, "X-API-Key", TestServer.key())
                            .statusCode())
                    .isEqualTo(200);
            assertProblem(server.send("GET", "/api/secret", null, "X-API-Key", TestServer.key()), 403);
            assertProblem(server.send("HEAD", "/api/secret", null, "X-API-Key", TestServer.key()), 403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void get_mostSpecificTemplate_wins(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/api/*", new Unsaid((request, response) -> response.getWriter()
                        .write("in")))
                .route("GET /api/{id}", "access", "denied")
                .route("GET /api/health", "access", "public")
                .start(container)) {
            assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
            assertProblem(server.get("/api/other"), 403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void start_uncoveredServletAndUnboundRoute_failsNamingBoth(Container container) {
        TestServer.Builder builder = TestServer.with()
                .servlet("/x/*", new Unsaid((request, response) -> {}))
                .route("GET /missing/{id}", "access", "public");
        assertThatThrownBy(() -> builder.start(container))
                .isInstanceOf(Exception.class)
                .satisfies(thrown -> {
                    if (container == Container.JETTY) {
                        assertThat(thrown).hasMessageContaining("GET /x/**").hasMessageContaining("Unsaid.doGet");
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void install_coverage_namesEveryEndpoint(Container container) throws Exception {
        try (TestServer server = open(container, (request, response) -> {})) {
            assertThat(ApiGuard.guardOf(server.context())
                            .orElseThrow()
                            .coverage()
                            .toTable())
                    .contains("GET /x/**", "POST /x/**", "Open.doGet", "public");
        }
    }

    // ---- bodies

    @ParameterizedTest
    @EnumSource
    void post_checkedBody_isWhatTheServletReads(Container container) throws Exception {
        Work echo = (request, response) -> {
            assertThat(request.getParameter("q")).isEqualTo("a b");
            response.getWriter()
                    .write(request.getContentLength() + request.getReader().readLine());
        };
        try (TestServer server = open(container, echo)) {
            assertThat(server.send("POST", "/x/1?q=a+b", "{\"a\":1}", "Content-Type", "application/json")
                            .body())
                    .isEqualTo("7{\"a\":1}");
            assertProblem(
                    server.send("POST", "/x/1?q=a+b", "{\"a\":1,\"a\":2}", "Content-Type", "application/json"), 400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filterAfterGuard_readsBodyBeforeAdmission_cannot(Container container) throws Exception {
        AtomicInteger read = new AtomicInteger();
        try (TestServer server = TestServer.with("size.content-types", "application/x-www-form-urlencoded")
                .filter((request, response, chain) -> {
                    read.set(request.getParameterMap().size());
                    chain.doFilter(request, response);
                })
                .servlet("/x/*", new Closed((request, response) -> {}))
                .start(container)) {
            assertProblem(
                    server.send("POST", "/x/1?a=1", "b=2", "Content-Type", "application/x-www-form-urlencoded"), 401);
            assertThat(read).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_form_isParsedFromTheCheckedBytesAfterAdmission(Container container) throws Exception {
        Work sum = (request, response) ->
                response.getWriter().write(request.getParameter("a") + request.getParameter("b"));
        try (TestServer server = TestServer.with()
                .servlet("/x", new Open(sum))
                .route("/x", "content-types", "application/x-www-form-urlencoded")
                .start(container)) {
            assertThat(server.send("POST", "/x?a=1", "b=2", "Content-Type", "application/x-www-form-urlencoded")
                            .body())
                    .isEqualTo("12");
        }
    }

    private static TestServer form(Container container) throws Exception {
        Work sum = (request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(request.getParameterMap().size() + request.getParameter("b"));
        };
        return TestServer.with()
                .servlet("/x", new Open(sum))
                .route("/x", "max-body", "20000", "content-types", "application/x-www-form-urlencoded")
                .start(container);
    }

    @ParameterizedTest
    @EnumSource
    void post_formTooLong_is413HoweverItIsSent(Container container) throws Exception {
        try (TestServer server = form(container)) {
            String type = "application/x-www-form-urlencoded";
            assertProblem(server.send("POST", "/x", "b=" + "x".repeat(20_000), "Content-Type", type), 413);
            String chunk = "5000\r\nb=" + "x".repeat(0x5000 - 2) + "\r\n0\r\n\r\n";
            assertThat(server.raw("POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type
                            + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_formOfManyParameters_is400(Container container) throws Exception {
        try (TestServer server = form(container)) {
            String type = "application/x-www-form-urlencoded; charset=utf-8";
            StringBuilder pairs = new StringBuilder("b=%C3%AB");
            for (int i = 1; i < 1000; i++) {
                pairs.append("&p").append(i).append("=1");
            }
            assertThat(server.send("POST", "/x", pairs.toString(), "Content-Type", type)
                            .body())
                    .isEqualTo("1000\u00eb");
            assertProblem(server.send("POST", "/x", pairs + "&last=1", "Content-Type", type), 400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_chunksMalformed_is400AndAudited(Container container) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestServer server = open(container, (request, response) -> calls.incrementAndGet())) {
            String answer = server.raw("POST /x/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nno chunk\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "\tat ");
            assertThat(server.event().verdict().status()).isEqualTo(400);
            assertThat(server.moreEvents()).isZero();
            assertThat(calls).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_readListenerFailsTwice_isReleasedOnce(Container container) throws Exception {
        Work failing = (request, response) -> {
            request.startAsync();
            request.getInputStream().setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() {
                    throw new IllegalStateException("secret detail");
                }

                @Override
                public void onAllDataRead() {}

                @Override
                public void onError(Throwable thrown) {
                    throw new IllegalStateException(thrown);
                }
            });
        };
        try (TestServer server = open(container, failing)) {
            assertProblem(server.send("POST", "/x/1", "{}", "Content-Type", "application/json"), 500);
            assertThat(server.event().verdict().outcome()).isEqualTo(Outcome.ERROR);
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_streamTooLong_is413(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/x", new Open((request, response) -> request.getInputStream()
                        .readAllBytes()))
                .route("/x", "max-body", "1000", "content-types", "application/octet-stream")
                .start(container)) {
            String chunk = "400\r\n" + "a".repeat(1024) + "\r\n0\r\n\r\n";
            String answer =
                    server.raw("POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\n"
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk);
            assertThat(answer).startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_readListenerOnCheckedBody_readsAll(Container container) throws Exception {
        try (TestServer server = open(container, TestServlets::readWithoutBlocking)) {
            String document = "[" + "1234,".repeat(2000) + "5]";
            HttpResponse<String> response = server.send("POST", "/x/1", document, "Content-Type", "application/json");
            assertThat(response.body()).isEqualTo(document);
            assertDecorated(response);
            server.event();
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void post_readListenerOnStreamedBody_readsAll(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/x", new Open(TestServlets::readWithoutBlocking))
                .route("/x", "content-types", "application/octet-stream")
                .start(container)) {
            String document = "x".repeat(50_000);
            assertThat(server.send("POST", "/x", document, "Content-Type", "application/octet-stream")
                            .body())
                    .isEqualTo(document);
        }
    }

    // ---- redaction

    private static TestServer redacting(Container container, Work work, String... settings) throws Exception {
        return TestServer.with(settings)
                .servlet("/x", new Open(work))
                .route("/x", "redact", "$..card mask=replace")
                .start(container);
    }

    private static String masked(TestServer server) throws Exception {
        return server.get("/x").body();
    }

    private static String document(String masked) {
        assertThat(masked).doesNotContain("4111").contains("\"id\":7").contains("Zo\u00eb");
        return masked;
    }

    @ParameterizedTest
    @EnumSource
    void redaction_writerAndStream_masksWithoutLength(Container container) throws Exception {
        Work writer = (request, response) -> {
            response.setContentLength(CARD.length());
            TestServlets.json(response);
        };
        Work stream = (request, response) -> {
            byte[] bytes = CARD.getBytes(StandardCharsets.UTF_8);
            response.setHeader("Content-Length", "" + bytes.length);
            response.setContentType("application/json");
            response.getOutputStream().write(bytes, 0, 20);
            response.flushBuffer();
            response.getOutputStream().write(bytes, 20, bytes.length - 20);
            response.getOutputStream().close();
        };
        for (Work work : new Work[] {writer, stream}) {
            try (TestServer server = redacting(container, work)) {
                HttpResponse<String> response = server.get("/x");
                document(response.body());
                assertThat(response.statusCode()).isEqualTo(200);
                assertDecorated(response);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void redaction_malformedDocument_isPlaceholder(Container container) throws Exception {
        Work broken = (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().write("{\"card\":\"4111");
        };
        try (TestServer server = redacting(container, broken)) {
            HttpResponse<String> response = server.get("/x");
            assertProblem(response, 500);
            assertThat(response.body()).doesNotContain("4111");
        }
    }

    @ParameterizedTest
    @EnumSource
    void redaction_typeChangedToJsonAfterwards_masks(Container container) throws Exception {
        Work late = (request, response) -> {
            response.setContentType("text/plain");
            response.getOutputStream().write(CARD.getBytes(StandardCharsets.UTF_8));
            response.setContentType("application/json");
        };
        try (TestServer server = redacting(container, late)) {
            document(server.get("/x").body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void redaction_asyncInEveryForm_masks(Container container) throws Exception {
        Work plain = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    TestServlets.json((HttpServletResponse) async.getResponse());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                async.complete();
            });
        };
        Work explicit = (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            TestServlets.json(response);
            async.complete();
        };
        Work dispatched = (request, response) -> {
            if (request.getAttribute("again") == null) {
                request.setAttribute("again", true);
                request.startAsync().dispatch();
            } else {
                TestServlets.json(response);
            }
        };
        for (Work work : new Work[] {plain, explicit, dispatched}) {
            try (TestServer server = redacting(container, work)) {
                HttpResponse<String> response = server.get("/x");
                document(response.body());
                assertDecorated(response);
                assertThat(server.event().verdict().status()).isEqualTo(200);
                assertThat(server.moreEvents()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void redaction_writeListener_masksLongDocument(Container container) throws Exception {
        byte[] document = TestServlets.longDocument();
        try (TestServer server = redacting(
                container, (request, response) -> TestServlets.writeWithoutBlocking(request, response, document))) {
            String masked = masked(server);
            assertThat(masked).doesNotContain("4111").startsWith("[{").endsWith("}]");
            assertThat(masked.split("Zo\u00eb", -1)).hasSize(20_001);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writeListener_withoutRedaction_sendsAll(Container container) throws Exception {
        byte[] document = TestServlets.longDocument();
        try (TestServer server = open(
                container, (request, response) -> TestServlets.writeWithoutBlocking(request, response, document))) {
            assertThat(server.get("/x/1").body().getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(document);
        }
    }

    @ParameterizedTest
    @EnumSource
    void redaction_forwardAndInclude_holdsByTheTargetsRules(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/card", new Open((request, response) -> TestServlets.json(response)))
                .servlet("/forward", new Open((request, response) -> {
                    response.getWriter().write("forgotten");
                    request.getRequestDispatcher("/card").forward(request, response);
                }))
                .servlet("/include", new Open((request, response) -> {
                    response.setContentType("application/json");
                    response.getWriter().write("[");
                    request.getRequestDispatcher("/card").include(request, response);
                    response.getWriter().write(",1]");
                }))
                .route("/card", "redact", "$..card mask=replace")
                .start(container)) {
            HttpResponse<String> forwarded = server.get("/forward");
            assertThat(document(forwarded.body())).startsWith("{");
            assertDecorated(forwarded);
            assertThat(document(server.get("/include").body())).startsWith("[{").endsWith("},1]");
        }
    }

    // ---- dispatches

    @ParameterizedTest
    @EnumSource
    void forward_toClosedServlet_isRefused(Container container) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestServer server = TestServer.with()
                .servlet("/closed", new Closed((request, response) -> calls.incrementAndGet()))
                .servlet("/forward", new Open((request, response) -> request.getRequestDispatcher("/closed")
                        .forward(request, response)))
                .servlet("/include", new Open((request, response) -> {
                    response.getWriter().write("before ");
                    request.getRequestDispatcher("/closed").include(request, response);
                    response.getWriter().write("after");
                }))
                .servlet("/named", new Open((request, response) -> request.getServletContext()
                        .getNamedDispatcher("s/closed")
                        .forward(request, response)))
                .servlet("/async", new Open((request, response) -> request.startAsync()
                        .dispatch("/closed")))
                .start(container)) {
            assertProblem(server.get("/forward"), 401);
            assertProblem(server.get("/async"), 401);
            assertProblem(server.get("/named"), 404);
            HttpResponse<String> included = server.get("/include");
            assertThat(included.body()).isEqualTo("before after");
            assertThat(calls).hasValue(0);
            for (int i = 0; i < 4; i++) {
                server.event();
            }
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void head_followsGet_withoutBody(Container container) throws Exception {
        try (TestServer server = redacting(container, (request, response) -> {
            response.setContentLength(CARD.length());
            TestServlets.json(response);
        })) {
            HttpResponse<String> response = server.send("HEAD", "/x", null);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertDecorated(response);
        }
    }

    // ---- errors

    @ParameterizedTest
    @EnumSource
    void sendErrorAndException_problemRendering_areProblems(Container container) throws Exception {
        try (TestServer server = TestServer.with()
                .servlet("/error", new Open((request, response) -> response.sendError(409, "secret detail")))
                .servlet("/throw", new Open((request, response) -> {
                    response.setHeader("X-Leak", "yes");
                    response.getWriter().write("half");
                    throw new IllegalStateException("secret detail");
                }))
                .servlet("/async", new Open((request, response) -> {
                    if (request.getAttribute("again") != null) {
                        throw new IllegalStateException("secret detail");
                    }
                    request.setAttribute("again", true);
                    request.startAsync().dispatch();
                }))
                .start(container)) {
            HttpResponse<String> conflict = server.get("/error");
            assertProblem(conflict, 409);
            HttpResponse<String> thrown = server.get("/throw");
            assertProblem(thrown, 500);
            assertProblem(server.get("/async"), 500);
            assertThat(conflict.body() + thrown.body()).doesNotContain("secret", "half");
            assertThat(thrown.headers().firstValue("X-Leak")).isEmpty();
            assertThat(server.event().verdict().status()).isEqualTo(409);
            assertThat(server.event().verdict().outcome()).isEqualTo(Outcome.ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exception_afterCommit_breaksTheConnection(Container container) throws Exception {
        Work half = (request, response) -> {
            response.getOutputStream().write("half".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            throw new IllegalStateException("late");
        };
        try (TestServer server = open(container, half)) {
            assertThatThrownBy(() -> server.get("/x/1")).isInstanceOf(IOException.class);
            server.event();
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendError_applicationRendering_reachesTheErrorPageDecorated(Container container) throws Exception {
        AtomicInteger pages = new AtomicInteger();
        try (TestServer server = TestServer.with("errors.render", "application")
                .servlet("/x", new Open((request, response) -> response.sendError(409)))
                .servlet("/oops", new Open((request, response) -> {
                    pages.incrementAndGet();
                    response.getWriter().write("our page");
                }))
                .errorPage("/oops")
                .start(container)) {
            HttpResponse<String> response = server.get("/x");
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.body()).isEqualTo("our page");
            assertDecorated(response);
            assertThat(server.event().verdict().status()).isEqualTo(409);
            assertThat(server.moreEvents()).isZero();
            assertThat(pages).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorDispatch_toClosedPage_isProblemOfTheOriginalStatus(Container container) throws Exception {
        AtomicInteger pages = new AtomicInteger();
        try (TestServer server = TestServer.with("errors.render", "application")
                .servlet("/x", new Open((request, response) -> response.sendError(409)))
                .servlet("/oops", new Closed((request, response) -> pages.incrementAndGet()))
                .errorPage("/oops")
                .start(container)) {
            assertProblem(server.get("/x"), 409);
            assertThat(pages).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exception_applicationRendering_reachesTheErrorPageAndIsAuditedAs500(Container container) throws Exception {
        try (TestServer server = TestServer.with("errors.render", "application")
                .servlet("/x", new Open((request, response) -> {
                    throw new IllegalStateException("secret detail");
                }))
                .servlet("/oops", new Open((request, response) -> response.getWriter()
                        .write("our page")))
                .errorPage("/oops")
                .start(container)) {
            HttpResponse<String> response = server.get("/x");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("our page");
            assertDecorated(response);
            assertThat(server.event().verdict().status()).isEqualTo(500);
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void async_documentBrokenAfterCommit_breaksTheConnection(Container container) throws Exception {
        byte[] whole = TestServlets.longDocument();
        Work broken = (request, response) -> {
            AsyncContext async = request.startAsync();
            response.setContentType("application/json");
            response.getOutputStream().write(whole, 0, whole.length - 30);
            async.complete();
        };
        try (TestServer server = redacting(container, broken)) {
            assertThatThrownBy(() -> server.get("/x")).isInstanceOf(IOException.class);
            server.event();
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void exception_afterStartAsync_isAnsweredAtOnce(Container container) throws Exception {
        Work failing = (request, response) -> {
            request.startAsync().setTimeout(0);
            throw new IllegalStateException("secret detail");
        };
        try (TestServer server = open(container, failing)) {
            assertProblem(server.get("/x/1"), 500);
            server.event();
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_gate1Refusal_neverReachesTheServlet(Container container) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestServer server = open(container, (request, response) -> calls.incrementAndGet())) {
            assertProblem(server.send("GET", "/x/1", null, "X-API-Key", "ag_wrong"), 401);
            assertThat(server.raw("GET /x//1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(calls).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void redirect_permitted_isDecorated(Container container) throws Exception {
        try (TestServer server = open(container, (request, response) -> response.sendRedirect("/x/2"))) {
            HttpResponse<String> response = server.get("/x/1");
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location")).isPresent();
            assertDecorated(response);
        }
    }

    @ParameterizedTest
    @EnumSource
    void async_timeout_is503AndReleasedOnce(Container container) throws Exception {
        Work never = (request, response) -> {
            response.setContentType("text/plain");
            response.getOutputStream().write('x');
            request.startAsync().setTimeout(50);
        };
        try (TestServer server = open(container, never)) {
            assertProblem(server.get("/x/1"), 503);
            assertThat(server.event().verdict().status()).isEqualTo(503);
            assertThat(server.moreEvents()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void async_timeoutAnsweredByTheApplication_isItsAnswer(Container container) throws Exception {
        Work patient = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(50);
            async.addListener(new AsyncListener() {
                @Override
                public void onTimeout(AsyncEvent event) throws IOException {
                    event.getSuppliedResponse().getWriter().write("too late");
                    event.getAsyncContext().complete();
                }

                @Override
                public void onComplete(AsyncEvent event) {}

                @Override
                public void onError(AsyncEvent event) {}

                @Override
                public void onStartAsync(AsyncEvent event) {}
            });
        };
        try (TestServer server = open(container, patient)) {
            HttpResponse<String> response = server.get("/x/1");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("too late");
            assertDecorated(response);
        }
    }

    // ---- headers

    @ParameterizedTest
    @EnumSource
    void header_setLateAndAfterReset_staysDecorated(Container container) throws Exception {
        Work late = (request, response) -> {
            response.getWriter().write("x".repeat(5000));
            response.reset();
            response.setHeader("Server", "mine");
            response.setHeader("X-Powered-By", "mine");
            response.setHeader("X-App", "yes");
            response.getWriter().write("short");
        };
        try (TestServer server = open(container, late)) {
            HttpResponse<String> response = server.get("/x/1");
            assertThat(response.body()).isEqualTo("short");
            assertThat(response.headers().firstValue("X-App")).contains("yes");
            assertThat(response.headers().firstValue("X-Powered-By")).isEmpty();
            assertDecorated(response);
        }
    }

    @ParameterizedTest
    @EnumSource
    void header_largeBodyWithAndWithoutLength_isDecorated(Container container) throws Exception {
        byte[] large = "y".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        for (boolean withLength : new boolean[] {true, false}) {
            Work big = (request, response) -> {
                if (withLength) {
                    response.setContentLength(large.length);
                }
                response.getOutputStream().write(large);
            };
            try (TestServer server = open(container, big)) {
                HttpResponse<String> response = server.get("/x/1");
                assertThat(response.body()).hasSize(large.length);
                assertDecorated(response);
            }
        }
    }

    // ---- report mode

    @ParameterizedTest
    @EnumSource
    void report_anythingJudged_isServedAndReported(Container container) throws Exception {
        Work echo = (request, response) ->
                response.getOutputStream().write(request.getInputStream().readAllBytes());
        try (TestServer server = TestServer.with("mode", "report")
                .servlet("/x", new Closed(echo))
                .start(container)) {
            assertThat(server.get("/x").statusCode()).isEqualTo(200);
            assertThat(server.event().verdict().outcome()).isEqualTo(Outcome.REPORTED);
            assertThat(server.send("POST", "/x", "{\"a\":1,\"a\":1}", "Content-Type", "application/json")
                            .body())
                    .isEqualTo("{\"a\":1,\"a\":1}");
            assertThat(server.get("/elsewhere").statusCode()).isEqualTo(404);
        }
    }
}
