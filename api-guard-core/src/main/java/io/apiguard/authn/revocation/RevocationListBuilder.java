package io.apiguard.authn.revocation;

import io.apiguard.event.GuardListener;
import io.apiguard.store.RevocationStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link RevocationList}; made by {@link RevocationList#following(RevocationStore)}. Not
 * thread-safe.
 */
public final class RevocationListBuilder {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_STALE = Duration.ofHours(1);
    private static final int MOST_ENTRIES = 10_000_000;

    private final RevocationStore store;
    private @Nullable ScheduledExecutorService scheduler;
    private Duration interval = Duration.ofMillis(500);
    private Duration maxStale = Duration.ofSeconds(10);
    private boolean refuseWhenStale = true;
    private int capacity = 100_000;
    private InstantSource clock = InstantSource.system();
    private GuardListener listener = GuardListener.none();

    RevocationListBuilder(RevocationStore store) {
        this.store = store;
    }

    /**
     * Sets where the store is asked; demanded. It is not shut down by {@link RevocationList#close()}.
     *
     * @param value an executor whose threads may wait for the store
     * @return this builder
     */
    public RevocationListBuilder scheduler(ScheduledExecutorService value) {
        this.scheduler = value;
        return this;
    }

    /**
     * Sets how long after an answer the store is asked again; 500 milliseconds if not set. A revocation takes effect on
     * other instances after this time and what the store needs to answer.
     *
     * @param value 1 millisecond to 1 second
     * @return this builder
     */
    public RevocationListBuilder pollEvery(Duration value) {
        this.interval = value;
        return this;
    }

    /**
     * Sets how long the store may be out of reach before nobody's credential is believed; 10 seconds if not set.
     *
     * @param value from twice {@link #pollEvery} to 1 hour
     * @return this builder
     */
    public RevocationListBuilder maxStale(Duration value) {
        this.maxStale = value;
        return this;
    }

    /**
     * Has credentials believed while the store is out of reach, unless what revokes them is known already: for services
     * where being down is worse than serving somebody who was shut out.
     *
     * @return this builder
     */
    public RevocationListBuilder permitWhenStale() {
        this.refuseWhenStale = false;
        return this;
    }

    /**
     * Sets how many revocations there is room for; 100,000 if not set. Must not be less than the store has room for.
     *
     * @param value 1 to 10,000,000
     * @return this builder
     */
    public RevocationListBuilder capacity(int value) {
        this.capacity = value;
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public RevocationListBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets who is told when the list grows stale and when it is current again; nobody if not set.
     *
     * @param value any listener
     * @return this builder
     */
    public RevocationListBuilder listener(GuardListener value) {
        this.listener = value;
        return this;
    }

    /**
     * Returns the list, which begins to follow its store at once on the scheduler.
     *
     * @return a list to be closed when it is not needed any more
     * @throws IllegalArgumentException if there is no scheduler, or a setting is out of its bounds
     */
    public RevocationList build() {
        if (scheduler == null) {
            throw new IllegalArgumentException("scheduler is missing; set the executor that asks the store");
        }
        check(
                interval.toMillis() >= 1 && interval.compareTo(LONGEST_INTERVAL) <= 0,
                "pollEvery must be 1 millisecond to 1 second: revocations are to take effect within one second");
        check(
                maxStale.compareTo(interval.multipliedBy(2)) >= 0 && maxStale.compareTo(LONGEST_STALE) <= 0,
                "maxStale must be at least twice pollEvery and at most 1 hour");
        check(capacity >= 1 && capacity <= MOST_ENTRIES, "capacity must be 1 to " + MOST_ENTRIES);
        RevocationList list = new RevocationList(this, scheduler);
        list.start();
        return list;
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    RevocationStore store() {
        return store;
    }

    Duration interval() {
        return interval;
    }

    Duration maximumStale() {
        return maxStale;
    }

    boolean refuseWhenStale() {
        return refuseWhenStale;
    }

    int capacity() {
        return capacity;
    }

    InstantSource clock() {
        return clock;
    }

    GuardListener listener() {
        return listener;
    }
}
