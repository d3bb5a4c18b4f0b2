package io.apiguard.servlet.bridge;

import io.apiguard.Admitted;
import io.apiguard.Admitted.AdmittedBody;
import io.apiguard.Completion;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.GuardSettings.Access;
import io.apiguard.GuardSettings.Mode;
import io.apiguard.GuardSettings.Rendering;
import io.apiguard.HandlerCall;
import io.apiguard.Received;
import io.apiguard.http.Answer;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.Header;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the guard and through all its dispatches in a servlet container.
 *
 * <p>Belongs to one request; used by one thread at a time, as the container hands the request on.
 */
public final class GuardedExchange {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedExchange.class);
    private static final String KEY = GuardedExchange.class.getName();

    private final Guard guard;
    private final Received received;
    private final GuardedAsync async = new GuardedAsync(this);
    private final AtomicReference<@Nullable Runnable> pending = new AtomicReference<>();
    private GuardedRequest request;
    private GuardedResponse response;
    private DispatcherType dispatch = DispatcherType.REQUEST;
    private @Nullable Admitted admitted;
    private @Nullable AdmittedBody body;
    private @Nullable Throwable failure;
    private @Nullable Exception aborting;
    private boolean errorPage;
    private @Nullable Judged judged;
    private volatile boolean dispatching;

    private GuardedExchange(Guard guard, Received received, HttpServletRequest request, HttpServletResponse response) {
        this.guard = guard;
        this.received = received;
        this.request = new GuardedRequest(request, this);
        this.response = new GuardedResponse(response, this);
    }

    /** Passes gate 1. */
    static GuardedExchange begin(Guard guard, HttpServletRequest request, HttpServletResponse response) {
        Received received = guard.receive(new ServletApiRequest(request));
        GuardedExchange exchange = new GuardedExchange(guard, received, request, response);
        request.setAttribute(KEY, exchange);
        return exchange;
    }

    /**
     * Finds the exchange that a request belongs to.
     *
     * @param request the request in any wrapping
     * @return the exchange; empty if the request has not passed the guard's filter
     */
    public static Optional<GuardedExchange> of(ServletRequest request) {
        for (ServletRequest at = request; at instanceof ServletRequestWrapper wrapper; at = wrapper.getRequest()) {
            if (at instanceof GuardedRequest guarded) {
                return Optional.of(guarded.exchange());
            }
        }
        return request.getAttribute(KEY) instanceof GuardedExchange found ? Optional.of(found) : Optional.empty();
    }

    static boolean isKey(String attribute) {
        return attribute.equals(KEY);
    }

    /** {@return the request as gate 1 left it} */
    public Received received() {
        return received;
    }

    /** The canonical path of the request as received, or {@code null} if gate 1 did not get that far. */
    @Nullable CanonicalPath path() {
        return received.exchange().path().orElse(null);
    }

    /** {@return the guard that judges this exchange} */
    public Guard guard() {
        return guard;
    }

    /**
     * Passes gate 2 at the handler that a framework is about to call. A refusal is written at once, and nothing
     * that is written later
     * gets out; of a refused include nothing is written at all. A permitted handler reads the checked body from
     * the request.
     *
     * @param policy what the endpoint demands
     * @param pathParameters the decoded variables of the path
     * @return whether the handler may be called
     * @throws IOException if the refusal cannot be written
     */
    public boolean admit(EndpointPolicy policy, Supplier<Map<String, String>> pathParameters) throws IOException {
        if (response.isSealed()) {
            return false;
        }
        boolean included = dispatch == DispatcherType.INCLUDE;
        HandlerCall call = new HandlerCall(pathParameters, request.original());
        Admitted decided = included ? received.admitIncluded(policy, call) : received.admit(policy, call);
        Optional<Answer> refusal = decided.refusal();
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return false;
        }
        if (body == null) {
            body = decided.body();
        }
        if (request.hasTooManyParameters() && !reports()) {
            refuse(received.instead(HttpServletResponse.SC_BAD_REQUEST));
            return false;
        }
        if (included) {
            response.redactIncluded(decided);
            return true;
        }
        admitted = decided;
        if (dispatch == DispatcherType.FORWARD) {
            response.forgetBody();
        }
        return true;
    }

    /**
     * Refuses what no endpoint takes, such as an unknown path.
     *
     * @param status the status, 400 to 599
     * @param headers further fields, such as {@code Allow}
     * @throws IOException if the refusal cannot be written
     */
    public void refuse(int status, List<Header> headers) throws IOException {
        if (!response.isSealed()) {
            refuse(received.instead(status).with(headers));
        }
    }

    private void refuse(Answer answer) throws IOException {
        if (dispatch == DispatcherType.ERROR) {
            response.answer(received.instead(errorStatus()));
        } else if (dispatch != DispatcherType.INCLUDE) {
            response.answer(answer);
        }
    }

    /**
     * Lets the framework's own error page answer, which only an ERROR dispatch can ask for, after a handler was
     * admitted.
     *
     * @return whether the page may answer; if not, the guard has
     * @throws IOException if the answer cannot be written
     */
    public boolean admitErrorPage() throws IOException {
        Access access = guard.settings().framework().error();
        boolean allowed = access == Access.PUBLIC
                || (access == Access.AUTHENTICATED && received.identity().isPresent());
        errorPage = allowed && dispatch == DispatcherType.ERROR && admitted != null;
        if (!errorPage && !response.isSealed()) {
            refuse(received.instead(errorStatus()));
        }
        return errorPage;
    }

    private int errorStatus() {
        boolean known = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
        int status = known ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : response.getStatus();
        return status >= 400 ? status : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    /** Whether what the application writes gets out. */
    boolean delivers() {
        return admitted != null || errorPage || reports();
    }

    /** Whether the whole guard only reports, and so leaves what it did not admit alone too. */
    boolean reports() {
        return guard.settings().mode() == Mode.REPORT;
    }

    /** Whether errors of a permitted handler are the container's to render. */
    boolean leavesErrors() {
        return reports() || (admitted != null && guard.settings().errors().render() == Rendering.APPLICATION);
    }

    @Nullable Admitted admitted() {
        return admitted;
    }

    @Nullable AdmittedBody body() {
        return body;
    }

    GuardedRequest request() {
        return request;
    }

    GuardedResponse response() {
        return response;
    }

    GuardedAsync async() {
        return async;
    }

    /** Wraps again what a container hands out bare, as for an ERROR dispatch. */
    void rewrap(HttpServletRequest bareRequest, HttpServletResponse bareResponse) {
        request = new GuardedRequest(bareRequest, this);
        response = new GuardedResponse(bareResponse, this);
    }

    /**
     * Notes which dispatch runs now, and returns the one before, to be given back. A forward inside an include is a
     * part of it: what it writes goes into the including handler's answer.
     */
    DispatcherType enter(DispatcherType type) {
        DispatcherType before = dispatch;
        boolean inside = type == DispatcherType.FORWARD && before == DispatcherType.INCLUDE;
        dispatch = inside ? DispatcherType.INCLUDE : type;
        dispatching = true;
        return before;
    }

    /** Whether what runs now writes a part of another handler's answer, and has no say in its status. */
    boolean isIncluding() {
        return dispatch == DispatcherType.INCLUDE;
    }

    void leave(DispatcherType before) {
        dispatch = before;
    }

    /** What the guard's filter has let pass. */
    record Judged(DispatcherType type, String servlet, int depth) {

        static Judged of(HttpServletRequest request) {
            DispatcherType type = request.getDispatcherType();
            return new Judged(type, Dispatch.servlet(request, type), depth(request));
        }

        /** Containers wrap the request anew for a dispatch inside another; the application's wrappers do not count. */
        private static int depth(ServletRequest request) {
            int depth = 0;
            for (ServletRequest at = request; at instanceof ServletRequestWrapper wrapper; at = wrapper.getRequest()) {
                depth += ServletClass.isOfContainer(at.getClass().getName()) ? 1 : 0;
            }
            return depth;
        }
    }

    /** Notes that the running dispatch was judged, for {@link #takeJudged}; the one before is to be given back. */
    @Nullable Judged judged(HttpServletRequest dispatched) {
        Judged before = judged;
        judged = Judged.of(dispatched);
        return before;
    }

    void restoreJudged(@Nullable Judged before) {
        judged = before;
    }

    /**
     * Tells whether the dispatch that has come to this filter is the one that was judged by the guard's, once a
     * dispatch: a filter in between may have begun another one.
     *
     * @param dispatched the request that has come
     * @return whether it is
     */
    public boolean takeJudged(HttpServletRequest dispatched) {
        boolean same = Judged.of(dispatched).equals(judged);
        if (same) {
            judged = null;
        }
        return same;
    }

    /**
     * Refuses a dispatch by name: it has no path, so that nobody can say what it demands.
     *
     * @param type a forward or an include
     * @throws IOException if the refusal cannot be written
     */
    public void refuseDispatchByName(DispatcherType type) throws IOException {
        DispatcherType before = enter(type);
        try {
            refuse(HttpServletResponse.SC_NOT_FOUND, List.of());
        } finally {
            leave(before);
        }
    }

    /**
     * Runs a task when the running dispatch has left the application, as containers call read listeners; at once if
     * none runs.
     */
    void afterDispatch(Runnable task) {
        pending.set(task);
        if (!dispatching) {
            Runnable taken = pending.getAndSet(null);
            if (taken != null) {
                async.start(taken);
            }
        }
    }

    /** The dispatch is over and the request goes on by itself: the listener releases the exchange. */
    void awaitCompletion() {
        if (!async.isActive()) {
            async.begin(request.getAsyncContext());
        }
        runPending();
    }

    private void runPending() {
        dispatching = false;
        Runnable task = pending.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    /**
     * Answers for a handler that failed.
     *
     * @return whether the failure is dealt with; if not, the container has to abort
     */
    boolean answerFailure(Throwable thrown) throws IOException {
        failure = thrown;
        if (response.isSealed()) {
            return true;
        }
        boolean tooLarge = received.exchange().bodyTooLarge();
        if (response.isSent() || (leavesErrors() && !tooLarge)) {
            response.abandon();
            return false;
        }
        response.answer(received.failed(thrown));
        return true;
    }

    /**
     * Answers for an asynchronous request that nobody has completed in time.
     *
     * @return whether it is dealt with; if not, the container has to
     */
    boolean answerTimeout() throws IOException {
        if (response.isSent() || leavesErrors()) {
            return false;
        }
        failure = new IOException("the asynchronous request timed out");
        if (!response.isSealed()) {
            response.answer(received.instead(HttpServletResponse.SC_SERVICE_UNAVAILABLE));
        }
        return true;
    }

    /** Notes that the response cannot be finished, for the next dispatch to fail with. */
    void abortBy(Exception thrown) {
        aborting = thrown;
    }

    void failIfAborting() throws IOException {
        Exception thrown = aborting;
        if (thrown != null) {
            aborting = null;
            throw new IOException("the response could not be finished", thrown);
        }
    }

    /** Ends asynchronous mode after a failure that was answered, unless the application has done so. */
    void completeAfterFailure() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the request was completed already", e);
        }
    }

    /** Ends the exchange; only the first call counts. */
    void release() {
        received.release(new Completion(response.finalStatus(), response.bytesSent(), failure));
    }
}
