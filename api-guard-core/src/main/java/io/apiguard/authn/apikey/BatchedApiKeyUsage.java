package io.apiguard.authn.apikey;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when each API key was last used, to the second, and writes it to the repository in batches on a scheduler's thread, never on
 * a request's.
 *
 * <p>Bounded: a use for which there is no room is lost and counted. A batch that the repository did not take is tried again with the
 * next. {@link #close()} writes what is left. Thread-safe.
 *
 * <pre>{@code
 * BatchedApiKeyUsage usage = BatchedApiKeyUsage.start(repository, scheduler, Duration.ofSeconds(30), 10_000);
 * ApiKeys keys = ApiKeys.using(secrets, CachingApiKeyStore.over(repository)).withUsage(usage);
 * }</pre>
 */
public final class BatchedApiKeyUsage implements ApiKeyUsage, AutoCloseable {

    private final ApiKeyRepository repository;
    private final ScheduledExecutorService scheduler;
    private final Duration every;
    private final int maximum;
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
    private final LongAdder lost = new LongAdder();
    private final ReentrantLock flushing = new ReentrantLock();
    private volatile boolean closed;
    private volatile @Nullable ScheduledFuture<?> next;

    private BatchedApiKeyUsage(
            ApiKeyRepository repository, ScheduledExecutorService scheduler, Duration every, int maximum) {
        this.repository = repository;
        this.scheduler = scheduler;
        this.every = every;
        this.maximum = maximum;
    }

    /**
     * Returns one whose batches are written from now on.
     *
     * @param repository where they are written
     * @param scheduler whose thread writes them; it stays the caller's to shut down, after {@link #close()}
     * @param every the time between two batches, 1 second to 1 hour
     * @param maximum for how many keys a use may wait, 1 to 1,000,000
     * @throws IllegalArgumentException if either is out of bounds
     */
    public static BatchedApiKeyUsage start(
            ApiKeyRepository repository, ScheduledExecutorService scheduler, Duration every, int maximum) {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "uses of API keys are written every 1 second to 1 hour, not every " + every);
        }
        if (maximum < 1 || maximum > 1_000_000) {
            throw new IllegalArgumentException("uses of 1 to 1000000 API keys may wait, not " + maximum);
        }
        BatchedApiKeyUsage usage = new BatchedApiKeyUsage(repository, scheduler, every, maximum);
        usage.scheduleNext();
        return usage;
    }

    @Override
    public void used(String id, Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        if (second.equals(waiting.get(id))) {
            return;
        }
        if (closed) {
            lost.increment();
        } else {
            keep(id, second);
        }
    }

    /** As many threads as come at once may go over the maximum by one each. */
    private void keep(String id, Instant second) {
        if (waiting.size() < maximum || waiting.containsKey(id)) {
            waiting.merge(id, second, BatchedApiKeyUsage::later);
        } else {
            lost.increment();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Returns how many uses were lost since the start, because there was no room or the repository did not take the last batch. */
    public long lost() {
        return lost.sum();
    }

    /** Returns for how many keys a use waits to be written. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Writes what waits, on this thread.
     *
     * @return whether the repository took it, or nothing waited; if not, it waits on
     */
    public boolean flush() {
        flushing.lock();
        try {
            Map<String, Instant> batch = take();
            return batch.isEmpty() || write(batch);
        } finally {
            flushing.unlock();
        }
    }

    private Map<String, Instant> take() {
        Map<String, Instant> batch = new HashMap<>();
        waiting.forEach((id, at) -> {
            if (waiting.remove(id, at)) {
                batch.put(id, at);
            }
        });
        return batch;
    }

    private boolean write(Map<String, Instant> batch) {
        try {
            repository.touch(batch);
            return true;
        } catch (RuntimeException e) {
            batch.forEach(this::keep);
            return false;
        }
    }

    /** Writes what waits, on this thread, and ends; what the repository does not take now is lost and counted. */
    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
        if (!flush()) {
            lost.add(waiting.size());
            waiting.clear();
        }
    }

    private void scheduleNext() {
        try {
            next = scheduler.schedule(this::run, every.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the scheduler was shut down first: close() still writes
            return;
        }
    }

    private void run() {
        if (!closed) {
            flush();
            scheduleNext();
        }
    }
}
