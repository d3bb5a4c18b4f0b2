package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.time.Duration;

/**
 * How the store of revocations is followed that the application gives; without one nothing here has an effect.
 *
 * @param pollInterval how often the store is asked for what is new, and so about how late a revocation takes effect
 * @param maxStale how long the store may be out of reach before no credential is believed (503 beyond)
 * @param permitWhenStale believe credentials while the store is out of reach, unless what revokes them is known already
 * @param capacity how many revocations there is room for; not less than the store has
 */
public record RevocationSettings(
        @Setting(
                description =
                        "How often the store is asked for what is new, and so about how late a revocation takes effect.",
                defaultValue = "500ms")
        Duration pollInterval,

        @Setting(
                description = "How long the store may be out of reach before no credential is believed (503 beyond).",
                defaultValue = "10s")
        Duration maxStale,

        @Setting(
                description =
                        "Believe credentials while the store is out of reach, unless what revokes them is known already.",
                defaultValue = "false")
        boolean permitWhenStale,

        @Setting(
                description = "How many revocations there is room for; not less than the store has.",
                defaultValue = "100000")
        int capacity) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public RevocationSettings {
        Checks.range("poll-interval", pollInterval, Duration.ofMillis(1), Duration.ofSeconds(1));
        Checks.range("max-stale", maxStale, pollInterval.multipliedBy(2), Duration.ofHours(1));
        Checks.range("capacity", capacity, 1, 10_000_000);
    }
}
