package io.apiguard.contract;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the guard's audit events, so that each exchange can be asked for its one. Thread-safe. */
public final class AuditCapture implements AuditSink {

    private final LinkedBlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>(100_000);

    @Override
    public void accept(AuditEvent event) {
        events.add(event);
    }

    @Override
    public void close() {}

    /** {@return the next event; null if none arrives in time} */
    @Nullable AuditEvent next(Duration patience) {
        try {
            return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** {@return all events that nobody has asked for} */
    List<AuditEvent> drain() {
        List<AuditEvent> left = new ArrayList<>();
        events.drainTo(left);
        return left;
    }
}
