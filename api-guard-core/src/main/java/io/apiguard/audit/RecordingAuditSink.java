package io.apiguard.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps the latest events in memory, for tests and demonstrations. Thread-safe. */
public final class RecordingAuditSink implements AuditSink {

    private final int capacity;
    private final Deque<AuditEvent> events = new ArrayDeque<>();

    private RecordingAuditSink(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Makes a sink.
     *
     * @param capacity how many events are kept, at least 1; beyond, the oldest is forgotten
     * @return the sink, empty
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public static RecordingAuditSink ofLatest(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a recording keeps at least 1 event, not " + capacity);
        }
        return new RecordingAuditSink(capacity);
    }

    @Override
    public void accept(AuditEvent event) {
        synchronized (events) {
            if (events.size() == capacity) {
                events.removeFirst();
            }
            events.addLast(event);
        }
    }

    /** {@return the events that are kept, oldest first; a copy} */
    public List<AuditEvent> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }

    /** Does nothing: what was recorded can still be read. */
    @Override
    public void close() {}
}
