package io.apiguard.audit;

import io.apiguard.event.GuardListener;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands events to a writer on a thread of its own, so that a request never waits for a disk or a console.
 *
 * <p>The queue is bounded; an event that finds it full, that cannot be written, or that comes after {@link #close} is dropped, counted
 * by its cause and reported as the event {@code audit.dropped}, at most once in ten seconds. Thread-safe.
 *
 * <pre>{@code
 * AuditSink sink = AsyncAuditSink.start(AuditWriter.toLogger(), 8192, GuardListener.none(), InstantSource.system());
 * }</pre>
 */
public final class AsyncAuditSink implements AuditSink {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** A wake-up per event would cost a request more than all else here: the worker looks for itself, and is woken when it is late. */
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    private final AuditWriter writer;
    private final EventQueue queue;
    private final AuditDrops drops;
    private final Thread worker;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private volatile boolean idle;

    private AsyncAuditSink(AuditWriter writer, int queueSize, AuditDrops drops) {
        this.writer = writer;
        this.queue = new EventQueue(queueSize);
        this.drops = drops;
        this.worker = new Thread(this::run, "api-guard-audit");
        worker.setDaemon(true);
    }

    /**
     * Makes a sink and starts its thread.
     *
     * @param writer what events are written to; closed with the sink
     * @param queueSize how many events may wait, 1 to 1,048,576
     * @param listener where drops are reported
     * @param clock tells the time between two reports
     * @return the sink
     * @throws IllegalArgumentException if the queue size is out of bounds
     */
    public static AsyncAuditSink start(AuditWriter writer, int queueSize, GuardListener listener, InstantSource clock) {
        if (queueSize < 1 || queueSize > 1 << 20) {
            throw new IllegalArgumentException("an audit queue holds 1 to 1048576 events, not " + queueSize);
        }
        AsyncAuditSink sink = new AsyncAuditSink(writer, queueSize, new AuditDrops(listener, clock));
        sink.worker.start();
        return sink;
    }

    @Override
    public void accept(AuditEvent event) {
        if (closed) {
            drops.count(AuditDrops.Cause.CLOSED, 1);
            return;
        }
        int size = queue.offer(event);
        if (size == 0) {
            drops.count(AuditDrops.Cause.QUEUE_FULL, 1);
        } else if (size == queue.capacity() / 2 + 1) {
            LockSupport.unpark(worker);
        }
    }

    /** {@return how many events were dropped since the start, whatever the cause} */
    public long dropped() {
        return drops.total();
    }

    /**
     * Tells how many events were dropped for one cause.
     *
     * @param cause the cause
     * @return their number since the start
     */
    public long dropped(AuditDrops.Cause cause) {
        return drops.total(cause);
    }

    /** {@return how many events wait to be written} */
    public int waiting() {
        return queue.size();
    }

    /** Writes what waits, for at most five seconds, and closes the writer; reports what is left by then. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Writes what waits and closes the writer; what is left after the given time is dropped, counted and reported.
     *
     * @param within how long to wait, at least 1 millisecond
     */
    public void close(Duration within) {
        closed = true;
        LockSupport.unpark(worker);
        try {
            worker.join(Math.max(1, within.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (worker.isAlive() && !abandoned) {
            abandoned = true;
            drops.count(AuditDrops.Cause.CLOSED, queue.size());
        }
        drops.report();
    }

    /** {@return whether the worker has nothing to write and has flushed; for tests} */
    boolean isIdle() {
        return idle && queue.size() == 0;
    }

    private void run() {
        while (!abandoned) {
            idle = false;
            AuditEvent event = queue.poll();
            if (event != null) {
                write(event);
            } else if (closed && queue.size() == 0) {
                break;
            } else {
                rest();
            }
        }
        finish();
    }

    private void rest() {
        if (writer.buffered() > 0) {
            flush();
        }
        idle = true;
        LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
    }

    /** Whatever goes wrong with one event, the next is written. */
    private void write(AuditEvent event) {
        try {
            writer.write(event);
        } catch (IOException | RuntimeException | Error e) {
            drops.count(AuditDrops.Cause.WRITE_FAILED, 1);
        }
    }

    /** What a failed flush leaves in the buffer is tried again with the next; it is lost only when the writer is closed. */
    private void flush() {
        try {
            writer.flush();
        } catch (IOException | RuntimeException e) {
            drops.flushFailed(writer.buffered());
        }
    }

    private void finish() {
        try {
            writer.close();
        } catch (IOException | RuntimeException e) {
            drops.count(AuditDrops.Cause.WRITE_FAILED, Math.max(1, writer.buffered()));
        }
    }
}
