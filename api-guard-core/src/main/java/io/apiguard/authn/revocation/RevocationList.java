package io.apiguard.authn.revocation;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardEvent.Severity;
import io.apiguard.event.GuardListener;
import io.apiguard.identity.Identity;
import io.apiguard.store.Revocation;
import io.apiguard.store.RevocationStore;
import io.apiguard.store.RevocationsFullException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a credential was taken back, from memory: the list asks its {@link RevocationStore} every so often for
 * what is new, by default twice a second, so that what one instance revokes is refused by all within one second.
 *
 * <pre>{@code
 * RevocationList revocations = RevocationList.following(store).scheduler(scheduler).build();
 * revocations.revoke(new Revocation.Session(issuer, sessionId, lastExpiry));
 * if (revocations.check(identity) instanceof RevocationResult.NotRevoked) {
 *     serve();
 * }
 * }</pre>
 *
 * <p>Until the store was reached for the first time, and when it has not been reached for too long, the answer is {@link
 * RevocationResult.Unknown}, unless set otherwise. Thread-safe.
 */
public final class RevocationList implements AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final RevocationResult NOT_REVOKED = new RevocationResult.NotRevoked();

    private final RevocationStore store;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private final GuardListener listener;
    private final Duration interval;
    private final Duration maxStale;
    private final boolean refuseWhenStale;
    private final int capacity;
    private final Entries entries;

    private final ReentrantLock polling = new ReentrantLock();
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile @Nullable Instant reachedAt;
    private volatile String cursor = RevocationStore.START;
    private volatile boolean closed;
    private volatile @Nullable Future<?> next;

    RevocationList(RevocationListBuilder settings, ScheduledExecutorService scheduler) {
        this.store = settings.store();
        this.scheduler = scheduler;
        this.clock = settings.clock();
        this.listener = settings.listener();
        this.interval = settings.interval();
        this.maxStale = settings.maximumStale();
        this.refuseWhenStale = settings.refuseWhenStale();
        this.capacity = settings.capacity();
        this.entries = new Entries(capacity, clock);
    }

    /**
     * Returns a builder for a list.
     *
     * @param store what the list follows; stays the caller's to close
     */
    public static RevocationListBuilder following(RevocationStore store) {
        return new RevocationListBuilder(store);
    }

    /**
     * Returns whether a credential was revoked; to be asked on every request, also if the credential itself was checked
     * before and remembered. Never waits.
     *
     * @param identity who the caller is by that credential
     */
    public RevocationResult check(Identity identity) {
        Revocation found = entries.find(identity);
        if (found != null) {
            return new RevocationResult.Revoked(found);
        }
        return isCurrent() || !refuseWhenStale
                ? NOT_REVOKED
                : new RevocationResult.Unknown("the store of revocations has not been reached for too long", RETRY);
    }

    private boolean isCurrent() {
        Instant reached = reachedAt;
        return reached != null && !clock.instant().isAfter(reached.plus(maxStale));
    }

    /**
     * Revokes, here at once and in every other instance within one second.
     *
     * @param revocation what is revoked
     * @throws RevocationsFullException if there is no room; nothing is revoked then
     * @throws RuntimeException if the store cannot be reached; revoke again then
     */
    public void revoke(Revocation revocation) {
        if (!entries.hasRoomFor(revocation)) {
            throw new RevocationsFullException(capacity);
        }
        store.revoke(revocation);
        if (!entries.add(revocation)) {
            throw new RevocationsFullException(capacity);
        }
    }

    /**
     * Asks the store now, so that a wrong setting shows when the application starts and no caller is told to come back.
     * Waits for an answer that is on its way already.
     *
     * @throws IllegalStateException if the store cannot be reached, or has more entries than there is room for
     */
    public void warmUp() {
        if (!poll()) {
            throw new IllegalStateException("revocations cannot be read from their store; start it first, check its"
                    + " address, and see that capacity is not less than the store's");
        }
    }

    /** Begins to follow the store. */
    void start() {
        schedule(0);
    }

    private void schedule(long delayMillis) {
        if (closed) {
            return;
        }
        try {
            next = scheduler.schedule(this::follow, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // shut down by whoever gave it to us: the list grows stale, and check says so
        }
    }

    private void follow() {
        try {
            poll();
        } finally {
            schedule(interval.toMillis());
        }
    }

    /** Reads what is new; if that is being done already, waits for its end and reads what came since. */
    private boolean poll() {
        polling.lock();
        try {
            Instant begun = clock.instant();
            return read() ? reached(begun) : failed("the store has more entries than this list has room for");
        } catch (RuntimeException | Error e) { // a task that throws would never run again
            return failed("the store cannot be reached (" + e.getClass().getSimpleName() + ")");
        } finally {
            polling.unlock();
        }
    }

    /** What has no room stays before the cursor, to be read again. */
    private boolean read() {
        RevocationStore.Page page;
        do {
            page = store.since(cursor);
            for (Revocation entry : page.entries()) {
                if (!entries.add(entry)) {
                    return false;
                }
            }
            if (page.more() && page.cursor().equals(cursor)) {
                throw new IllegalStateException("a page that leads nowhere");
            }
            cursor = page.cursor();
        } while (page.more() && !closed);
        return true;
    }

    private boolean reached(Instant begun) {
        reachedAt = begun;
        if (reported.compareAndSet(true, false)) {
            report("revocation.recovered", Severity.INFO, "revocations are followed again", Map.of());
        }
        return true;
    }

    /** Told once per outage, when it begins to matter. */
    private boolean failed(String detail) {
        if (!isCurrent() && reported.compareAndSet(false, true)) {
            report(
                    "revocation.stale",
                    refuseWhenStale ? Severity.ERROR : Severity.WARNING,
                    refuseWhenStale
                            ? "requests are refused: it cannot be known what was revoked"
                            : "what other instances revoke is not known here, and requests are served all the same",
                    Map.of("detail", detail));
        }
        return false;
    }

    /** A listener that breaks its promise not to throw must not end the following. */
    private void report(String name, Severity severity, String message, Map<String, String> attributes) {
        try {
            listener.on(new GuardEvent(name, severity, message, attributes));
        } catch (RuntimeException e) {
            return; // nowhere to report it to
        }
    }

    /** Stops following the store; the list then grows stale. Has no effect the second time. */
    @Override
    public void close() {
        closed = true;
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
