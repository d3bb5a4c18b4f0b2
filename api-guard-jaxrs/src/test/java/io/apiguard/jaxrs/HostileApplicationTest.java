package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.audit.AuditEvent.Outcome;
import io.apiguard.identity.Identity;
import io.apiguard.jaxrs.OrdersApplication.Order;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.message.GZipEncoder;
import org.glassfish.jersey.server.ChunkedOutput;
import org.glassfish.jersey.server.filter.EncodingFilter;
import org.junit.jupiter.api.Test;

/** What an application can do to the guard around it, on purpose or not, and what stays true all the same. */
class HostileApplicationTest {

    private static final String CARD = "4111111111111111";
    private static final String JSON = "{\"id\":\"1\",\"card\":\"" + CARD + "\"}";
    private static final String KEY = "X-API-Key";

    private final TestGuard guard = new TestGuard();

    /** Answers of every kind, all with the same secret. */
    @Path("answers")
    @Produces("application/json")
    @PublicEndpoint
    public static class Answers {
        static final AtomicInteger CALLS = new AtomicInteger();

        @GET
        @Path("order")
        public Order order() {
            CALLS.incrementAndGet();
            return new Order("1", CARD);
        }

        @GET
        @Path("private")
        @Authenticated
        public Order owned() {
            CALLS.incrementAndGet();
            return new Order("1", CARD);
        }

        @POST
        @Path("private")
        @Authenticated
        public String taken(String body) {
            CALLS.incrementAndGet();
            return body;
        }

        @GET
        @Path("streaming")
        public StreamingOutput streaming() {
            return out -> out.write(JSON.getBytes(StandardCharsets.UTF_8));
        }

        @GET
        @Path("input")
        public InputStream input() {
            return new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8));
        }

        @GET
        @Path("text")
        @Produces("text/plain")
        public String text() {
            return JSON;
        }

        @GET
        @Path("chunks")
        public ChunkedOutput<Order> chunks() throws IOException {
            ChunkedOutput<Order> chunks = new ChunkedOutput<>(Order.class);
            // By this thread, for the server cannot suspend an answer until another one has written.
            chunks.write(new Order("1", CARD));
            chunks.close();
            return chunks;
        }

        @GET
        @Path("events")
        @Produces("text/event-stream")
        public ChunkedOutput<String> events() throws IOException {
            ChunkedOutput<String> events = new ChunkedOutput<>(String.class);
            events.write("data: " + JSON);
            events.close();
            return events;
        }
    }

    private static Application of(Class<?>... classes) {
        return new Application() {
            @Override
            public Set<Class<?>> getClasses() {
                return Set.of(classes);
            }
        };
    }

    private JdkServer server(Object... components) {
        Answers.CALLS.set(0);
        Object[] all = new Object[components.length + 1];
        System.arraycopy(components, 0, all, 0, components.length);
        all[components.length] = guard.feature().withPeers(new TestGuard.Loopback());
        return new JdkServer(of(Answers.class), all);
    }

    private void assertAuditedOnce(JdkServer server, Outcome outcome) {
        assertThat(guard.event().verdict().outcome()).isEqualTo(outcome);
        server.drain();
        assertThat(guard.hasMoreEvents()).isFalse();
    }

    private void assertMasked(String path, String part) {
        try (JdkServer server = server()) {
            HttpResponse<String> answer = server.get("/answers/" + path);

            assertThat(answer.body()).doesNotContain(CARD).contains(part);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(guard.event()).isNotNull();
            server.drain();
            assertThat(guard.hasMoreEvents()).isFalse();
        }
    }

    @Test
    void answer_ofEveryKind_isMasked() {
        for (String path : Set.of("order", "streaming", "input", "text")) {
            assertMasked(path, "\"id\":\"1\"");
        }
    }

    /** Jersey writes chunks without any interceptor. */
    @Test
    void answer_inChunks_isMasked() {
        assertMasked("chunks", "\"id\":\"1\"");
    }

    @Test
    void answer_ofEvents_isWithheld() {
        assertMasked("events", "redaction-failed");
    }

    @Test
    void answer_compressed_isMaskedBefore() {
        try (JdkServer server = server(EncodingFilter.class, GZipEncoder.class)) {
            HttpResponse<String> answer = server.get("/answers/order", "Accept-Encoding", "gzip");

            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isNotEmpty().doesNotContain(CARD, "redaction-failed");
            assertAuditedOnce(server, Outcome.PERMITTED);
        }
    }

    /** Writes the entity itself. */
    @Priority(100)
    public static class Writing implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.getOutputStream().write(JSON.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void answer_ofAnInterceptorThatDoesNotProceed_isMasked() {
        try (JdkServer server = server(Writing.class)) {
            HttpResponse<String> answer = server.get("/answers/order");

            assertThat(answer.body()).contains("\"id\":\"1\"").doesNotContain(CARD);
            assertAuditedOnce(server, Outcome.PERMITTED);
        }
    }

    /** Takes every failure for a success. */
    public static class Forgiving implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable failure) {
            return Response.ok("{\"forgiven\":true}").type("application/json").build();
        }
    }

    /** Takes every answer for a success. */
    @Priority(1)
    public static class Whitewash implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.setStatus(200);
            response.setEntity("{\"white\":true}", new java.lang.annotation.Annotation[0], null);
            response.getHeaders().clear();
        }
    }

    @Test
    void refusal_whateverTheApplicationMakesOfIt_stands() {
        try (JdkServer server = server(Forgiving.class, Whitewash.class)) {
            assertThat(server.get("/answers/private").statusCode()).isEqualTo(401);
            assertThat(server.get("/answers/order", KEY, "ag_nonsense").statusCode())
                    .isEqualTo(401);
            assertThat(server.get("/answers/none").body()).doesNotContain("white", "forgiven");
            assertThat(Answers.CALLS).hasValue(0);
        }
    }

    /** Leads to another endpoint, by another method. */
    @PreMatching
    public static class Rerouting implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setMethod("GET");
            request.setRequestUri(URI.create(request.getUriInfo().getBaseUri() + "answers/private"));
        }
    }

    @Test
    void request_thatAFilterReroutes_isJudgedWhereItArrives() {
        try (JdkServer server = server(Rerouting.class)) {
            assertThat(server.get("/answers/order").statusCode()).isEqualTo(401);
            assertThat(Answers.CALLS).hasValue(0);
            assertThat(server.get("/answers/order", KEY, TestGuard.alice()).statusCode())
                    .isEqualTo(200);
        }
    }

    /** Answers before the endpoint is known. */
    @PreMatching
    public static class Shortcut implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.abortWith(Response.ok(JSON).type("application/json").build());
        }
    }

    @Test
    void request_thatAFilterAnswers_isRefused() {
        try (JdkServer server = server(Shortcut.class)) {
            HttpResponse<String> answer = server.get("/answers/private", KEY, TestGuard.alice());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain(CARD);
            assertAuditedOnce(server, Outcome.DENIED);
        }
    }

    /** Reads what comes in, whoever sent it. */
    @PreMatching
    @Priority(1)
    public static class Reading implements ContainerRequestFilter {
        static final AtomicInteger READ = new AtomicInteger();

        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            READ.addAndGet(request.getEntityStream().readAllBytes().length);
        }
    }

    @Test
    void body_beforeItsCallerIsLetIn_isNotRead() {
        Reading.READ.set(0);
        try (JdkServer server = server(Reading.class)) {
            HttpResponse<String> answer =
                    server.send("POST", "/answers/private", "{\"a\":1}", "Content-Type", "application/json");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Reading.READ).hasValue(0);
            assertThat(Answers.CALLS).hasValue(0);
        }
    }

    @Test
    void gate_whosePeersFail_answersWithoutDetails() {
        PeerSource failing = new PeerSource() {
            @Override
            public String peerAddress(ContainerRequestContext request) {
                throw new IllegalArgumentException(CARD);
            }

            @Override
            public boolean secure(ContainerRequestContext request) {
                return false;
            }
        };
        try (JdkServer server = new JdkServer(of(Answers.class), guard.feature().withPeers(failing))) {
            HttpResponse<String> answer = server.get("/answers/order");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain(CARD, "stackTrace", "java");
        }
    }

    /** Fails when all is done. */
    public static class Failing implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            throw new WebApplicationException(CARD, 418);
        }
    }

    @Test
    void answer_whoseFilterFails_tellsNothing() {
        try (JdkServer server = server(Failing.class)) {
            HttpResponse<String> answer = server.get("/answers/order");

            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).doesNotContain(CARD);
        }
    }

    /** Nearer by its whole template, but not by its root. */
    @Path("a")
    public static class Wide {
        @GET
        @Path("{x}/{y}")
        @PublicEndpoint
        public String get() {
            return "";
        }
    }

    /** The root that is chosen, whose locator runs while the method is searched for. */
    @Path("a/{x}")
    public static class Deep {
        @Path("{rest}")
        @Authenticated
        public Answers locate() {
            Answers.CALLS.incrementAndGet();
            return new Answers();
        }
    }

    @Test
    void locator_ofTheRootThatIsChosen_isNotCalledForAnonymousCallers() {
        Answers.CALLS.set(0);
        ApiGuardFeature feature = guard.feature().withPeers(new TestGuard.Loopback());
        try (JdkServer server = new JdkServer(of(Wide.class, Deep.class), feature)) {
            assertThat(server.get("/a/1/2").statusCode()).isEqualTo(401);
            assertThat(Answers.CALLS).hasValue(0);
        }
    }

    /** One for all callers. */
    @Path("shared")
    @Singleton
    @Authenticated
    public static class Shared {
        @Context
        Identity caller;

        @GET
        public String get() {
            return caller.subject();
        }
    }

    /** One for all callers as well. */
    public static class SharedFilter implements ContainerRequestFilter {
        private final Identity caller;

        /**
         * Makes a filter.
         *
         * @param caller whoever happens to call
         */
        public SharedFilter(@Context Identity caller) {
            this.caller = caller;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty("caller", caller);
        }
    }

    /** One for each request. */
    @Path("own")
    @Authenticated
    public static class Own {
        @Context
        Identity caller;

        @GET
        @Produces("text/plain")
        public String get() {
            return caller.subject();
        }
    }

    @Test
    void start_identityInAnObjectOfManyRequests_isRefused() {
        ApiGuardFeature feature = guard.feature().withPeers(new TestGuard.Loopback());
        assertThatThrownBy(() -> new JdkServer(of(Shared.class), feature).close())
                .hasMessageContaining("Shared (caller)")
                .hasMessageContaining("parameter of the resource method");
        ApiGuardFeature again = guard.feature().withPeers(new TestGuard.Loopback());
        assertThatThrownBy(() -> new JdkServer(of(Own.class, SharedFilter.class), again).close())
                .hasMessageContaining("SharedFilter (its constructor)");
    }

    @Test
    void identity_inAnObjectOfOneRequest_isTheCaller() {
        ApiGuardFeature feature = guard.feature().withPeers(new TestGuard.Loopback());
        try (JdkServer server = new JdkServer(of(Own.class), feature)) {
            assertThat(server.get("/own", KEY, TestGuard.alice()).body()).isEqualTo("alice");
            assertThat(server.get("/own", KEY, TestGuard.admin()).body()).isEqualTo("admin");
        }
    }

    /** Says of every body that it is JSON. */
    public static class Retyping implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.getHeaders().put("Content-Type", List.of("application/json"));
        }
    }

    @Test
    void body_judgedAsTextAndCalledJsonBehindTheGate_isNotRead() {
        guard.set("size.content-types[0]", "text/plain").set("size.content-types[1]", "application/json");
        try (JdkServer server = server(Retyping.class)) {
            String twice = "{\"a\":1,\"a\":2}";
            HttpResponse<String> answer = server.send(
                    "POST", "/answers/private", twice, KEY, TestGuard.alice(), "Content-Type", "text/plain");
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(Answers.CALLS).hasValue(0);
            HttpResponse<String> honest = server.send(
                    "POST", "/answers/private", "1", KEY, TestGuard.alice(), "Content-Type", "application/json");
            assertThat(honest.statusCode()).isEqualTo(200);
        }
    }
}
