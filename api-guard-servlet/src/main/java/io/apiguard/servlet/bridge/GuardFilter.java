package io.apiguard.servlet.bridge;

import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import io.apiguard.http.Problem;
import io.apiguard.servlet.bridge.GuardedExchange.Judged;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads every request of a servlet context through the guard of its host: gate 1 at the first dispatch, gate 2 at
 * each dispatch to a plain
 * servlet, and the way out. It must be the first filter, be mapped to {@code /*} for all dispatcher types, and
 * support asynchronous mode.
 *
 * <p>Gate 1 judges the whole path, context path included: under a context other than the root one, the context's own
 * root {@code /ctx/} ends in a slash like any other path that does, and is refused with 400. Ask for {@code /ctx/index}
 * or the like instead, or serve at the root context.
 *
 * <p>Thread-safe.
 */
public final class GuardFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(GuardFilter.class);
    private static final String REWRITTEN = "org.apache.tomcat.request.forwarded";

    private final FrameworkHost host;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile @Nullable Gate gate;

    /**
     * Makes the filter of a host.
     *
     * @param host who builds the guard
     */
    public GuardFilter(FrameworkHost host) {
        this.host = host;
    }

    private record Gate(FrameworkHost.Armed armed, ServletGate servlets) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answering = (HttpServletResponse) response;
        Optional<GuardedExchange> known = GuardedExchange.of(request);
        Gate armed = gate();
        if (armed == null) {
            refuseUnarmed(answering);
        } else if (known.isEmpty()) {
            first(armed, asked, answering, chain);
        } else {
            again(armed, known.get(), asked, answering, chain);
        }
    }

    private @Nullable Gate gate() {
        Gate built = gate;
        if (built == null) {
            Optional<FrameworkHost.Armed> armed = host.armed();
            if (armed.isPresent()) {
                built = new Gate(
                        armed.get(),
                        new ServletGate(armed.get().guard(), armed.get().servlets()));
                gate = built;
            }
        }
        return built;
    }

    private static void refuseUnarmed(HttpServletResponse response) throws IOException {
        Problem starting = Problem.of(503, "starting", "Service unavailable", "Try again later.");
        Answer answer = Answer.of(starting, List.of(new Header("Retry-After", "1")));
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(answer.status());
            answer.headers().forEach(header -> response.setHeader(header.name(), header.value()));
            response.getOutputStream().write(answer.body());
        }
    }

    private void first(Gate armed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        warnOfRewriting(request);
        GuardedExchange exchange = GuardedExchange.begin(armed.armed().guard(), request, response);
        Optional<Answer> answer = exchange.received().answer();
        outermost(exchange, request.getDispatcherType(), () -> {
            if (answer.isPresent()) {
                exchange.response().answer(answer.get());
            } else if (request.getDispatcherType() == DispatcherType.ERROR) {
                exchange.admitErrorPage();
            } else {
                pass(armed, exchange, exchange.request(), exchange.response(), chain);
            }
        });
    }

    private void again(
            Gate armed,
            GuardedExchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        if (type == DispatcherType.REQUEST) {
            proceed(exchange, request, response, chain);
        } else if (type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE) {
            inner(exchange, type, response, () -> pass(armed, exchange, request, response, chain));
        } else if (GuardedResponse.isIn(response)) {
            outermost(exchange, type, () -> pass(armed, exchange, request, response, chain));
        } else {
            exchange.rewrap(request, response);
            outermost(exchange, type, () -> pass(armed, exchange, exchange.request(), exchange.response(), chain));
        }
    }

    /** Gate 2 for plain servlets; what the host serves passes it there. */
    private void pass(
            Gate armed,
            GuardedExchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Dispatch dispatch = Dispatch.of(request, request.getDispatcherType(), exchange.path());
        if (admit(armed, exchange, request, dispatch)) {
            proceed(exchange, request, response, chain);
        }
    }

    private static void proceed(
            GuardedExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Judged before = exchange.judged(request);
        try {
            chain.doFilter(request, response);
        } finally {
            exchange.restoreJudged(before);
        }
    }

    private boolean admit(Gate armed, GuardedExchange exchange, HttpServletRequest request, Dispatch dispatch)
            throws IOException {
        if (host.serves(dispatch.servlet(), request)) {
            return !exchange.response().isSealed();
        }
        return admitServlet(armed, exchange, request, dispatch);
    }

    /**
     * Passes gate 2 before a plain servlet that the host's framework passed a request on to, where it has come to the last filter.
     *
     * @param exchange the exchange
     * @param request the request as it has come there
     * @return whether the servlet may be called; if not, the request is answered
     * @throws IOException if the answer cannot be written
     */
    public boolean admitsPassedOn(GuardedExchange exchange, HttpServletRequest request) throws IOException {
        Gate armed = gate();
        Dispatch dispatch = Dispatch.of(request, request.getDispatcherType(), exchange.path());
        return armed == null
                || !host.passesOn(dispatch.servlet(), request)
                || admitServlet(armed, exchange, request, dispatch);
    }

    private static boolean admitServlet(
            Gate armed, GuardedExchange exchange, HttpServletRequest request, Dispatch dispatch) throws IOException {
        boolean error = request.getDispatcherType() == DispatcherType.ERROR;
        boolean page = error && !armed.servlets().knows(dispatch);
        return page ? exchange.admitErrorPage() : armed.servlets().admit(exchange, dispatch);
    }

    /** A dispatch inside another one: the including or forwarding one ends the exchange. */
    private static void inner(GuardedExchange exchange, DispatcherType type, HttpServletResponse response, Step step)
            throws IOException, ServletException {
        DispatcherType before = exchange.enter(type);
        int depth = exchange.response().includeDepth();
        try {
            step.run();
        } finally {
            exchange.leave(before);
            exchange.response().endInclude(depth);
        }
        boolean outer = type == DispatcherType.FORWARD && before != DispatcherType.INCLUDE;
        boolean over = outer && !exchange.request().isAsyncStarted();
        if (over && response instanceof GuardedResponse) {
            exchange.response().finish(); // some containers take no more bytes after a forward
        }
    }

    private static void outermost(GuardedExchange exchange, DispatcherType type, Step step)
            throws IOException, ServletException {
        DispatcherType before = exchange.enter(type);
        boolean asynchronous = false;
        boolean failed = false;
        try {
            exchange.failIfAborting();
            step.run();
            asynchronous = exchange.request().isAsyncStarted();
            if (!asynchronous) {
                exchange.response().finish();
            }
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            asynchronous = exchange.request().isAsyncStarted();
            if (!exchange.answerFailure(thrown)) {
                throw thrown;
            }
            failed = true;
        } finally {
            exchange.leave(before);
            if (asynchronous) {
                awaitCompletion(exchange, failed);
            } else {
                exchange.release();
            }
        }
    }

    /** If the request cannot go on by itself its exchange ends here: nobody else may come to release it. */
    private static void awaitCompletion(GuardedExchange exchange, boolean failed) throws IOException {
        try {
            exchange.awaitCompletion();
            if (failed) {
                exchange.completeAfterFailure();
            }
        } catch (RuntimeException | Error thrown) {
            try {
                if (!exchange.answerFailure(thrown)) {
                    throw thrown;
                }
                exchange.completeAfterFailure();
            } finally {
                exchange.release();
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, ServletException;
    }

    private void warnOfRewriting(HttpServletRequest request) {
        if (request.getAttribute(REWRITTEN) != null && warned.compareAndSet(false, true)) {
            LOG.warn("The container rewrites the peer's address (RemoteIpValve or RemoteIpFilter) before the guard sees"
                    + " it. Remove that and set proxies.trusted and proxies.forwarded instead: the guard believes only"
                    + " the proxies it is told of");
        }
    }
}
