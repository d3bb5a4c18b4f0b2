package io.apiguard.extension.redis;

import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the store of one instance to what the shared one is held to. */
class InMemoryReplayStoreContractTest extends ReplayStoreContract {

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    ReplayStore store() {
        return new InMemoryReplayStore(5, 3, clock::get);
    }

    @Override
    Instant now() {
        return clock.get();
    }

    @Override
    void passes(Duration time) {
        clock.updateAndGet(now -> now.plus(time));
    }
}
