package io.apiguard.benchmarks;

import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A test double that takes every use for the first, so that one proof can be measured many times. It pays for a lookup and
 * an entry in the store of one instance: each use stands there under a value of its own.
 */
final class ForgetfulReplayStore implements ReplayStore {

    private static final int CAPACITY = 10_000_000;
    private static final int REFILL = 100_000;

    private final InstantSource clock;
    private InMemoryReplayStore store;
    private long uses;

    ForgetfulReplayStore(InstantSource clock) {
        this.clock = clock;
        this.store = empty();
    }

    private InMemoryReplayStore empty() {
        return new InMemoryReplayStore(CAPACITY, CAPACITY, clock);
    }

    @Override
    public Outcome use(String owner, String value, Instant until) {
        if (++uses % REFILL == 0) {
            store = empty();
        }
        return store.use(owner, value + uses, until);
    }
}
