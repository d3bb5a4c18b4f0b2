package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardEvent.Severity;
import io.apiguard.event.GuardListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched: anew in the background every so often, and at once when a token names an unknown key id,
 * though no sooner than the brake allows. At most one fetch runs at a time. Whoever asks for a known key never waits;
 * few may wait for an unknown one, so that a flood of made-up key ids cannot hold the server's threads.
 */
final class RemoteJwkSource extends JwkSource {

    private static final int MAXIMUM_WAITERS = 16;
    private static final int MAXIMUM_REFUSED = 1_000;
    /** Rounds up: a task that is a fraction too early would find that the brake holds, and do nothing. */
    private static final long ALMOST_A_MILLISECOND = 999_999;

    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final Duration RETRY_WITHOUT_KEYS = Duration.ofSeconds(5);

    private final JwkFetcher fetcher;
    private final Timing timing;
    private final InstantSource clock;
    private final GuardListener listener;
    private final ScheduledExecutorService scheduler;
    private final boolean ownScheduler;
    private final Semaphore waiters = new Semaphore(MAXIMUM_WAITERS);

    /** Guards the fields below it; never held during I/O. */
    private final Object lock = new Object();

    private @Nullable CompletableFuture<@Nullable FetchFailure> running;
    private Instant brakeUntil = Instant.MIN;
    private boolean closed;
    private @Nullable Future<?> trailing;

    /** When the last fetch that succeeded began. */
    private Instant askedAt = Instant.MIN;

    /** Key ids that were refused while the brake held, and since when; the oldest go first. */
    private final Map<String, Instant> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAXIMUM_REFUSED;
        }
    };

    private @Nullable Future<?> next;

    private volatile @Nullable Keys keys;

    RemoteJwkSource(
            JwkFetcher fetcher,
            Timing timing,
            InstantSource clock,
            GuardListener listener,
            ScheduledExecutorService scheduler,
            boolean ownScheduler) {
        this.fetcher = fetcher;
        this.timing = timing;
        this.clock = clock;
        this.listener = listener;
        this.scheduler = scheduler;
        this.ownScheduler = ownScheduler;
    }

    /** The periods of {@link RemoteJwkSourceBuilder}, and how long a caller may wait for a fetch. */
    record Timing(Duration refreshEvery, Duration brake, Duration maxStale, Duration patience) {}

    private record Keys(KeyState state, Instant fetchedAt) {}

    /** A fetch to wait for; one that somebody else began may have been answered before our key existed. */
    private record Ticket(CompletableFuture<@Nullable FetchFailure> fetch, boolean mine) {}

    @Override
    KeyLookup find(@Nullable String keyId, JwsAlgorithm algorithm) {
        KeyLookup known = known(keyId, algorithm);
        return known != null ? known : ask(keyId, algorithm);
    }

    private @Nullable KeyLookup known(@Nullable String keyId, JwsAlgorithm algorithm) {
        Keys now = usable();
        return now == null ? null : now.state.find(keyId, algorithm);
    }

    private @Nullable Keys usable() {
        Keys now = keys;
        return now != null && clock.instant().isBefore(now.fetchedAt.plus(timing.maxStale)) ? now : null;
    }

    @Override
    long generation() {
        Keys now = usable();
        return now == null ? -1 : now.state.generation();
    }

    /** Waits for a fetch of its own only: another may have been answered before the key existed. */
    @Override
    KeyLookup fetchAgain(JwsAlgorithm algorithm) {
        if (!waiters.tryAcquire()) {
            return crowded();
        }
        try {
            Ticket ticket = ticket();
            KeyLookup known =
                    ticket == null || !ticket.mine || await(ticket.fetch) != null ? null : known(null, algorithm);
            return known == null ? braked(null) : known;
        } finally {
            waiters.release();
        }
    }

    private static KeyLookup crowded() {
        return new KeyLookup.Unavailable("many wait for the issuer's keys already", AT_LEAST);
    }

    private KeyLookup ask(@Nullable String keyId, JwsAlgorithm algorithm) {
        if (!waiters.tryAcquire()) {
            return crowded();
        }
        try {
            Ticket ticket = ticket();
            if (ticket == null) {
                return braked(keyId);
            }
            FetchFailure failure = await(ticket.fetch);
            KeyLookup known = known(keyId, algorithm);
            if (known != null) {
                return known;
            }
            return ticket.mine && failure == null ? new KeyLookup.Unknown() : braked(keyId);
        } finally {
            waiters.release();
        }
    }

    /** Returns the fetch to wait for, which may be one that runs already, or {@code null} if the brake holds. */
    private @Nullable Ticket ticket() {
        CompletableFuture<@Nullable FetchFailure> fetch;
        synchronized (lock) {
            if (running != null) {
                return new Ticket(running, false);
            }
            if (closed || clock.instant().isBefore(brakeUntil)) {
                return null;
            }
            fetch = begin();
            brakeUntil = clock.instant().plus(timing.brake);
        }
        submit(fetch);
        return new Ticket(fetch, true);
    }

    /**
     * Refuses until the brake lets go, and sees to it that a fetch runs then, so that the caller's next try is
     * answered; but not for a key id that the issuer was asked for already and does not have: such a fetch would begin
     * the next interval, and whoever keeps to {@code Retry-After} would never hear that the key is gone.
     */
    private KeyLookup braked(@Nullable String keyId) {
        Duration left;
        synchronized (lock) {
            boolean answered = keyId != null && answered(keyId);
            left = Duration.between(clock.instant(), brakeUntil);
            if (left.compareTo(AT_LEAST) < 0) {
                left = AT_LEAST;
            }
            if (trailing == null && !closed && !answered) {
                trailing = schedule(this::trail, left);
            }
        }
        return new KeyLookup.Unavailable(
                "the issuer's keys lack the one asked for, and cannot be fetched again yet", left);
    }

    /** Returns whether the issuer was asked since the key id was first refused; takes a note of it if it is new. */
    private boolean answered(String keyId) {
        Instant first = refused.putIfAbsent(keyId, clock.instant());
        return first != null && askedAt.isAfter(first);
    }

    private void trail() {
        synchronized (lock) {
            trailing = null;
        }
        ticket();
    }

    private void refresh() {
        CompletableFuture<@Nullable FetchFailure> fetch;
        synchronized (lock) {
            if (running != null || closed) {
                return;
            }
            fetch = begin();
        }
        submit(fetch);
    }

    private CompletableFuture<@Nullable FetchFailure> begin() {
        CompletableFuture<@Nullable FetchFailure> fetch = new CompletableFuture<>();
        running = fetch;
        return fetch;
    }

    private void submit(CompletableFuture<@Nullable FetchFailure> fetch) {
        try {
            scheduler.execute(() -> run(fetch));
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter if the system has no thread to give
            end(fetch, FetchFailure.unreachable("the executor for fetches does not take any"));
        }
    }

    private void run(CompletableFuture<@Nullable FetchFailure> fetch) {
        FetchFailure failure = null;
        try {
            Instant began = clock.instant();
            accept(fetcher.fetch());
            answeredAt(began);
        } catch (FetchFailure e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = FetchFailure.unreachable(
                    "the fetch broke off (" + e.getClass().getSimpleName() + ")");
        }
        end(fetch, failure);
    }

    /** A set without keys that follows one with some withdraws them all; the first one must have some. */
    private void accept(JwkSet set) throws FetchFailure {
        Keys before = keys;
        if (before == null && set.keys().isEmpty()) {
            throw FetchFailure.wrongSetting(
                    "the key set of " + fetcher.address() + " has no usable key; left out: " + set.ignored());
        }
        keys = new Keys(before == null ? KeyState.first(set) : before.state.replacedBy(set), clock.instant());
        if (before == null || !before.state.sameAs(set)) {
            report(
                    "jwks.changed",
                    set.keys().isEmpty() ? Severity.ERROR : Severity.INFO,
                    set.keys().isEmpty() ? "the issuer has withdrawn all of its keys" : "the issuer's keys changed",
                    Map.of("keys", String.valueOf(set.keys().size()), "ignored", String.valueOf(set.ignored())));
        }
    }

    private void answeredAt(Instant began) {
        synchronized (lock) {
            askedAt = began;
        }
    }

    private void end(CompletableFuture<@Nullable FetchFailure> fetch, @Nullable FetchFailure failure) {
        boolean without = usable() == null;
        Duration retry = without && timing.brake.compareTo(RETRY_WITHOUT_KEYS) > 0 ? RETRY_WITHOUT_KEYS : timing.brake;
        synchronized (lock) {
            running = null;
            if (failure != null && without) {
                brakeUntil = clock.instant().plus(retry);
            }
            cancel(next);
            next = closed ? null : schedule(this::refresh, failure == null ? timing.refreshEvery : retry);
        }
        if (failure != null) {
            reportFailure(failure, without);
        }
        fetch.complete(failure);
    }

    private @Nullable Future<?> schedule(Runnable task, Duration delay) {
        try {
            return scheduler.schedule(
                    task, delay.plusNanos(ALMOST_A_MILLISECOND).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            return null; // shut down by whoever gave it to us, or no thread: the next token with an unknown key fetches
        }
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    private @Nullable FetchFailure await(CompletableFuture<@Nullable FetchFailure> fetch) {
        try {
            return fetch.get(timing.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FetchFailure.unreachable("interrupted while waiting for keys");
        } catch (ExecutionException | TimeoutException e) {
            return FetchFailure.unreachable("the fetch takes too long");
        }
    }

    @Override
    public void warmUp(WhenUnreachable choice) {
        if (usable() != null) {
            return;
        }
        Ticket ticket = ticket();
        FetchFailure failure = ticket == null
                ? FetchFailure.unreachable("the last fetch failed, and the next may not start yet")
                : await(ticket.fetch);
        if (failure != null && !(failure.passing() && choice == WhenUnreachable.CONTINUE)) {
            throw new IllegalStateException("no keys for tokens of " + fetcher.address() + ": " + failure.detail()
                    + (failure.passing() ? "; start the issuer first, or choose to start without it" : ""));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            cancel(next);
            cancel(trailing);
        }
        if (ownScheduler) {
            scheduler.shutdownNow();
        }
    }

    private void reportFailure(FetchFailure failure, boolean without) {
        report(
                "jwks.fetch.failed",
                without ? Severity.ERROR : Severity.WARNING,
                without
                        ? "tokens cannot be verified: no usable keys"
                        : "keys could not be fetched; the last ones serve on",
                Map.of("detail", failure.detail()));
    }

    /** A listener that breaks its promise not to throw must not leave waiters behind. */
    private void report(String name, Severity severity, String message, Map<String, String> attributes) {
        try {
            listener.on(new GuardEvent(name, severity, message + " (" + fetcher.address() + ")", attributes));
        } catch (RuntimeException e) {
            return; // nowhere to report it to
        }
    }
}
