package io.apiguard.servlet.bridge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous cycles of one exchange, in place of the container's context: the response is finished before
 * the container takes it back,
 * and the guard hears of a time-out or error after the application has, so as to answer what nobody answered.
 */
final class GuardedAsync implements AsyncContext, AsyncListener {

    private final GuardedExchange exchange;
    private final List<Registered> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable AsyncContext container;
    private volatile boolean ended;

    GuardedAsync(GuardedExchange exchange) {
        this.exchange = exchange;
    }

    /** A listener with the pair it is to be told, or with none. */
    private record Registered(
            AsyncListener listener,
            @Nullable ServletRequest request,
            @Nullable ServletResponse response) {}

    /** One of the listener's methods. */
    @FunctionalInterface
    private interface Call {
        void on(AsyncListener listener, AsyncEvent event) throws IOException;
    }

    /** Takes over a cycle that has just begun. */
    AsyncContext begin(AsyncContext begun) {
        container = begun;
        ended = false;
        begun.addListener(this);
        return this;
    }

    /** Whether a cycle has begun that is neither completed nor dispatched. */
    boolean isActive() {
        return container != null && !ended;
    }

    private AsyncContext container() {
        AsyncContext begun = container;
        if (begun == null) {
            throw new IllegalStateException("the request has not been put into asynchronous mode");
        }
        return begun;
    }

    @Override
    public void complete() {
        AsyncContext begun = container();
        ended = true;
        exchange.response().finishWhenReady(begun::complete, failure -> {
            exchange.abortBy(failure);
            begun.dispatch(); // only an exception out of a dispatch makes a container break the connection off
        });
    }

    @Override
    public void dispatch() {
        ended = true;
        container().dispatch();
    }

    @Override
    public void dispatch(String path) {
        ended = true;
        container().dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        ended = true;
        container().dispatch(context, path);
    }

    @Override
    public ServletRequest getRequest() {
        return container().getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return container().getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return container().hasOriginalRequestAndResponse();
    }

    @Override
    public void start(Runnable run) {
        container().start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        listeners.add(new Registered(listener, null, null));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        listeners.add(new Registered(listener, request, response));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return container().createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        container().setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return container().getTimeout();
    }

    private void tell(Call call, @Nullable Throwable thrown) throws IOException {
        for (Registered registered : listeners) {
            ServletRequest request = registered.request();
            AsyncEvent event = request == null
                    ? new AsyncEvent(this, exchange.request(), exchange.response(), thrown)
                    : new AsyncEvent(this, request, registered.response(), thrown);
            call.on(registered.listener(), event);
        }
    }

    /** A new cycle of the same request: who wants to hear of it has to say so again. */
    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        container = event.getAsyncContext();
        event.getAsyncContext().addListener(this);
        List<Registered> before = List.copyOf(listeners);
        listeners.clear();
        for (Registered registered : before) {
            registered.listener().onStartAsync(new AsyncEvent(this, exchange.request(), exchange.response()));
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (ended) {
            return;
        }
        tell(AsyncListener::onTimeout, null);
        if (!ended && exchange.answerTimeout()) {
            complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        if (ended) {
            return;
        }
        Throwable thrown = event.getThrowable();
        tell(AsyncListener::onError, thrown);
        Throwable failure = thrown == null ? new IOException("the asynchronous request failed") : thrown;
        if (!ended && exchange.answerFailure(failure)) {
            complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        ended = true;
        try {
            tell(AsyncListener::onComplete, event.getThrowable());
        } finally {
            listeners.clear();
            exchange.release();
        }
    }
}
