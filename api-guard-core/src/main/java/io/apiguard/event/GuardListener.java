package io.apiguard.event;

/**
 * Where a primitive reports a {@link GuardEvent}.
 *
 * <p>Implementations must be thread-safe, must not block and must not throw: they are called on the path of a request.
 */
@FunctionalInterface
public interface GuardListener {

    /** Takes note of an event. */
    void on(GuardEvent event);

    /** Returns a listener that ignores everything; for tests and for primitives used by themselves. */
    static GuardListener none() {
        return event -> {};
    }
}
