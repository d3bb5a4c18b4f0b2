package io.apiguard.examples.demo;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditSink;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands the audit events to the tour in the order of the exchanges; an event follows its answer by a moment. */
final class AuditTape implements AuditSink {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>(1000);

    @Override
    public void accept(AuditEvent event) {
        events.offer(event);
    }

    /** Takes the next event, waiting for it. */
    AuditEvent next() {
        try {
            AuditEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (event == null) {
                throw new IllegalStateException("no audit event within " + PATIENCE);
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an audit event", e);
        }
    }

    /** Forgets what nobody took. */
    void rewind() {
        events.clear();
    }

    @Override
    public void close() {}
}
