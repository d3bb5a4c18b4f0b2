package io.apiguard.jaxrs;

import io.apiguard.Admitted;
import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.Completion;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.GuardSettings.Mode;
import io.apiguard.HandlerCall;
import io.apiguard.Received;
import io.apiguard.http.Answer;
import io.apiguard.http.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request outside a servlet container, or in one without the filter: here the whole way through the guard is gone.
 *
 * <p>Belongs to one request; used by one thread at a time.
 */
final class StandaloneExchange implements RestExchange {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final Guard guard;
    private final RestRequest request;
    private final Received received;
    private @Nullable Answer answer;
    private @Nullable Throwable failure;
    private @Nullable ContainerResponseContext response;
    private @Nullable Outlet outlet;
    private boolean redacting;
    private boolean chunked;
    private long sentBytes;

    StandaloneExchange(Guard guard, RestRequest request) {
        this.guard = guard;
        this.request = request;
        this.received = guard.receive(request);
    }

    /** Answers what went no further than gate 1. */
    boolean passedGate1(ContainerRequestContext context) {
        Optional<Answer> answered = received.answer();
        answered.ifPresent(found -> abort(context, found));
        if (answered.isEmpty() && guard.settings().mode() != Mode.REPORT) {
            request.lockBody();
        }
        return answered.isEmpty();
    }

    @Override
    public Guard guard() {
        return guard;
    }

    @Override
    public Received received() {
        return received;
    }

    @Override
    public boolean admit(
            EndpointPolicy policy, Supplier<Map<String, String>> pathParameters, ContainerRequestContext context) {
        Admitted admitted = received.admit(policy, new HandlerCall(pathParameters, request));
        Optional<Answer> refusal = admitted.refusal();
        if (refusal.isPresent()) {
            abort(context, refusal.get());
        } else {
            context.setEntityStream(admitted.body().stream());
        }
        return refusal.isEmpty();
    }

    @Override
    public void refuse(ContainerRequestContext context) {
        abort(context, received.instead(FORBIDDEN));
    }

    private void abort(ContainerRequestContext context, Answer refusal) {
        answer = refusal;
        context.abortWith(Response.status(refusal.status()).build());
    }

    /** A refusal stands, whatever other filters made of it. */
    @Override
    public void finish(ContainerResponseContext context) throws IOException {
        response = context;
        if (context.getEntity() instanceof Uncaught.Failure uncaught) {
            failure = uncaught.thrown();
            answer = received.failed(uncaught.thrown());
        }
        Answer instead = answer == null ? instead(context) : answer;
        if (instead != null) {
            write(instead, context);
        } else if (redacted() != null) {
            new RestResponse(context).removeHeader("Content-Length");
        }
        received.decorate(new RestResponse(context));
        if (context.hasEntity()) {
            openOutlet(context);
        } else {
            release();
        }
    }

    /** Chunks are written later and past all interceptors, when the status is out: so they are judged now. */
    private void openOutlet(ContainerResponseContext context) throws IOException {
        Outlet opened = new Outlet(this, context.getEntityStream());
        outlet = opened;
        context.setEntityStream(opened);
        chunked = isChunked(context.getEntity());
        if (redacted() == null || chunked) {
            opened.choose();
        }
    }

    private static boolean isChunked(Object entity) {
        Class<?> at = entity.getClass();
        while (at != null && !at.getName().equals("org.glassfish.jersey.server.ChunkedOutput")) {
            at = at.getSuperclass();
        }
        return at != null;
    }

    /** What stands in place of an answer that no admitted handler gave, or that one left to the framework to write. */
    private @Nullable Answer instead(ContainerResponseContext context) {
        if (received.admitted().filter(Admitted::isPermitted).isEmpty()) {
            return guard.settings().mode() == Mode.REPORT ? null : received.instead(context.getStatus());
        }
        boolean own = context.getStatus() < BAD_REQUEST || context.hasEntity() || RestExchange.leavesErrors(guard);
        return own ? null : received.instead(context.getStatus());
    }

    /** Fields that the framework set beside its status, such as {@code Allow}, stay; those that describe a body go. */
    private void write(Answer instead, ContainerResponseContext context) {
        RestResponse target = new RestResponse(context);
        if (instead == answer) {
            context.getHeaders().clear();
        } else {
            context.getHeaders().keySet().removeIf(RestResponse::describesBody);
        }
        context.setStatus(instead.status());
        byte[] body = instead.body();
        boolean empty = body.length == 0;
        context.setEntity(
                empty ? null : body, new Annotation[0], empty ? null : MediaType.valueOf(instead.contentType()));
        instead.headers().stream()
                .filter(header -> !RestResponse.describesBody(header.name()))
                .forEach(header -> target.addHeader(header.name(), header.value()));
    }

    /** Returns what redacts the answer, or {@code null} if it is sent as it is. */
    @Nullable Admitted redacted() {
        Admitted admitted = received.admitted().filter(Admitted::isPermitted).orElse(null);
        return answer == null && admitted != null && admitted.redacts() ? admitted : null;
    }

    /** Whether the entity is written bit by bit after the framework has written everything else. */
    boolean isChunked() {
        return chunked;
    }

    /** Notes that what is written from now on is masked. */
    void redactingStarts() {
        redacting = true;
    }

    boolean isRedacting() {
        return redacting;
    }

    /** What is known of the body behind all interceptors. */
    ResponseMedia media() {
        ContainerResponseContext context = response;
        return new ResponseMedia(
                status(),
                field(context, "Content-Type"),
                field(context, "Content-Encoding"),
                field(context, "Content-Range"));
    }

    private static @Nullable String field(@Nullable ContainerResponseContext context, String name) {
        List<String> values = context == null ? List.of() : new RestResponse(context).headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Sends what an interceptor wrote that has not proceeded. */
    void flushHeld() throws IOException {
        Outlet opened = outlet;
        if (opened != null) {
            opened.finish();
        }
    }

    /** Makes an answer that cannot be redacted, and of which nothing is sent yet, one that says so. */
    void notRedactable() {
        ContainerResponseContext context = response;
        if (context != null) {
            context.setStatus(500);
            new RestResponse(context).setHeader("Content-Type", Problem.MEDIA_TYPE);
        }
    }

    int status() {
        return response == null ? 0 : response.getStatus();
    }

    void sent(long bytes) {
        sentBytes += bytes;
    }

    void failedToSend(Throwable thrown) {
        failure = thrown;
    }

    /** Ends the exchange; only the first call counts. */
    void release() {
        received.release(new Completion(status(), sentBytes, failure));
    }
}
