package io.apiguard.contract.authorizationserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells of the requests for the key set, and lets them fail or hang when a test wants it. Thread-safe. */
final class KeySetTap extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private transient volatile Runnable witness = () -> {};
    private volatile boolean failing;
    private transient volatile CountDownLatch held = new CountDownLatch(0);

    /** Tells somebody of every request when it comes. */
    void onRequest(Runnable value) {
        witness = value;
    }

    void fail() {
        failing = true;
    }

    /** Leaves requests without an answer until {@link #answer()}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void answer() {
        failing = false;
        held.countDown();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        witness.run();
        awaitRelease();
        if (failing) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void awaitRelease() throws IOException {
        try {
            held.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
