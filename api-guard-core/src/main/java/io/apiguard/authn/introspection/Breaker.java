package io.apiguard.authn.introspection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking an endpoint that keeps failing, so that its trouble does not hold our threads.
 *
 * <pre>
 * closed --n failures in a row--> open --period over--> one probe --success--> closed
 *                                  ^------------------ failure -----'
 * </pre>
 *
 * <p>Thread-safe; does no I/O under its lock.
 */
final class Breaker {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private final int failuresToOpen;
    private final Duration period;
    private final InstantSource clock;

    private int failures;
    private @Nullable Instant openUntil;
    private boolean probing;

    Breaker(int failuresToOpen, Duration period, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.period = period;
        this.clock = clock;
    }

    /**
     * Asks to make a call, whose end must be told by one of the next three.
     *
     * @return how long to wait instead, or {@code null} to go on
     */
    synchronized @Nullable Duration enter() {
        if (openUntil == null) {
            return null;
        }
        Duration left = Duration.between(clock.instant(), openUntil);
        if (left.isNegative() || left.isZero()) {
            if (!probing) {
                probing = true;
                return null;
            }
            return AT_LEAST;
        }
        return left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left;
    }

    /** The endpoint answered as it should. */
    synchronized void succeeded() {
        failures = 0;
        openUntil = null;
        probing = false;
    }

    /**
     * The endpoint failed.
     *
     * @return whether this opened the breaker, which was closed
     */
    synchronized boolean failed() {
        boolean closed = openUntil == null;
        failures = Math.min(failures + 1, failuresToOpen);
        if (failures < failuresToOpen) {
            return false;
        }
        openUntil = clock.instant().plus(period);
        probing = false;
        return closed;
    }

    /** The call says nothing about the endpoint. */
    synchronized void undecided() {
        probing = false;
    }
}
