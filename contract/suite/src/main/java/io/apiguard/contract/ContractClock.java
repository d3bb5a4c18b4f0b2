package io.apiguard.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The guard's clock: it stands still until an exchange moves it, so that every instant of a token is exact.
 * Thread-safe.
 */
public final class ContractClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    /** {@return the time in seconds since 1970, as tokens carry it} */
    public long seconds() {
        return instant().getEpochSecond();
    }

    /**
     * Moves the clock on.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }
}
