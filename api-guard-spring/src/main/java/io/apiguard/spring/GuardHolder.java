package io.apiguard.spring;

import io.apiguard.Endpoint;
import io.apiguard.Guard;
import io.apiguard.servlet.bridge.FrameworkHost.Armed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the guard of an application, which is built when all beans exist and before the server accepts requests; for example to ask
 * for its coverage.
 *
 * <pre>{@code
 * Coverage coverage = holder.get().coverage();
 * }</pre>
 *
 * <p>A bean of this type is there in every guarded application. Thread-safe.
 */
public final class GuardHolder implements Supplier<Guard>, AutoCloseable {

    private volatile @Nullable Held held;

    GuardHolder() {}

    private record Held(Armed armed, EndpointIndex index) {}

    /**
     * Returns the guard.
     *
     * @return the guard
     * @throws IllegalStateException if it is not built yet, as while beans are being made
     */
    @Override
    public Guard get() {
        return armed().orElseThrow(() -> new IllegalStateException("the guard is built once all beans exist"))
                .guard();
    }

    Optional<Armed> armed() {
        Held now = held;
        return now == null ? Optional.empty() : Optional.of(now.armed());
    }

    void arm(Armed armed, EndpointIndex index) {
        held = new Held(armed, index);
    }

    /** Makes endpoints known by the handlers of a child context too. */
    synchronized void alsoServedBy(List<EndpointScan.Served> found) {
        Held now = held;
        if (now != null) {
            held = new Held(now.armed(), now.index().plus(found));
        }
    }

    /** The endpoint that a matched request has come to; empty if nothing is known of it. */
    Optional<Endpoint> endpointOf(Object handler, HttpServletRequest request) {
        Held now = held;
        return now == null ? Optional.empty() : now.index().find(handler, request);
    }

    /** Writes the audit events that wait and stops the guard's own threads. */
    @Override
    public void close() {
        armed().ifPresent(armed -> armed.guard().close());
    }
}
