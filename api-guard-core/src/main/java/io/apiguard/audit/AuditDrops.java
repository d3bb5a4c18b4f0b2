package io.apiguard.audit;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the events that an {@link AsyncAuditSink} lost, and reports them now and then. Thread-safe. */
public final class AuditDrops {

    /** Why an event was lost. */
    public enum Cause {
        /** As many events as may wait were waiting. */
        QUEUE_FULL,
        /** The writer failed. */
        WRITE_FAILED,
        /** The sink was closed, or closing took too long. */
        CLOSED
    }

    private static final long REPORT_EVERY_MILLIS = Duration.ofSeconds(10).toMillis();

    private final GuardListener listener;
    private final InstantSource clock;
    private final Map<Cause, LongAdder> totals = new EnumMap<>(Cause.class);
    private final AtomicLong reported = new AtomicLong();
    private final AtomicLong nextReport = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong nextWarning = new AtomicLong(Long.MIN_VALUE);

    AuditDrops(GuardListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
        for (Cause cause : Cause.values()) {
            totals.put(cause, new LongAdder());
        }
    }

    void count(Cause cause, long events) {
        if (events > 0) {
            adder(cause).add(events);
            if (due(nextReport)) {
                report();
            }
        }
    }

    /** Reports that events stay in the writer's buffer for the time being. */
    void flushFailed(int buffered) {
        if (due(nextWarning)) {
            Map<String, String> attributes = Map.of("buffered", Integer.toString(buffered));
            listener.on(new GuardEvent(
                    "audit.delayed",
                    GuardEvent.Severity.WARNING,
                    "Audit events cannot be written and stay in the buffer",
                    attributes));
        }
    }

    /** Reports what was counted since the last report, if anything was. */
    void report() {
        long total = total();
        long before = reported.getAndSet(total);
        if (total > before) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("dropped", Long.toString(total - before));
            for (Cause cause : Cause.values()) {
                attributes.put("total." + cause.name().toLowerCase(Locale.ROOT), Long.toString(total(cause)));
            }
            listener.on(
                    new GuardEvent("audit.dropped", GuardEvent.Severity.ERROR, "Audit events were lost", attributes));
        }
    }

    long total(Cause cause) {
        return adder(cause).sum();
    }

    private LongAdder adder(Cause cause) {
        return Objects.requireNonNull(totals.get(cause));
    }

    long total() {
        long total = 0;
        for (Cause cause : Cause.values()) {
            total += total(cause);
        }
        return total;
    }

    private boolean due(AtomicLong next) {
        long now = clock.millis();
        long due = next.get();
        return now >= due && next.compareAndSet(due, now + REPORT_EVERY_MILLIS);
    }
}
