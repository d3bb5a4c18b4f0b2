package io.apiguard.audit;

/**
 * Where the guard hands the record of each exchange.
 *
 * <p>Implementations must be thread-safe, must not block and must not throw: {@link #accept} is called on the path of a request. Wrap
 * what does block in an {@link AsyncAuditSink}.
 */
public interface AuditSink extends AutoCloseable {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void accept(AuditEvent event);

    /** Writes what has been accepted, and lets go of what the sink holds; events after that are dropped. */
    @Override
    void close();

    /**
     * Narrows this sink to the exchanges that were refused, would have been in report mode, or failed.
     *
     * @return a sink that passes those on to this one
     */
    default AuditSink onlyRefusals() {
        return new RefusalsOnly(this);
    }

    /**
     * Makes a sink that leaves no record of anything. Nobody can then tell what happened.
     *
     * @return the sink
     */
    static AuditSink discardingEveryEvent() {
        return new AuditSink() {
            @Override
            public void accept(AuditEvent event) {}

            @Override
            public void close() {}
        };
    }
}
