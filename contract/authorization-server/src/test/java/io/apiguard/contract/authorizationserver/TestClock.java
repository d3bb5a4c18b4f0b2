package io.apiguard.contract.authorizationserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of what verifies: it runs with that of the authorization server, which makes its tokens in real time, and
 * ahead of it by what a test moved it on. Thread-safe.
 */
final class TestClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    void advanceTo(Instant instant) {
        Duration missing = Duration.between(instant(), instant);
        if (!missing.isNegative()) {
            advance(missing);
        }
    }
}
