package io.apiguard.ratelimit;

import java.time.Duration;
import java.util.Objects;

/**
 * How many requests one caller may make within a period.
 *
 * <p>A token bucket: it holds at most {@code requests} tokens, starts full, and gets {@code requests} new ones spread
 * evenly over each period. So in any stretch of time no caller gets more than {@code requests} plus what that time
 * refills, and a caller that never makes more than {@code requests} in any one period is never refused. Immutable and
 * thread-safe.
 *
 * @param name what the limit is called in the RateLimit fields: 1 to {@value #LONGEST_NAME} characters, visible ASCII
 *     and space; equal limits of one name share their count
 * @param requests the size of the bucket, 1 to {@value #MOST_REQUESTS}
 * @param period the time in which an empty bucket fills up, in whole seconds, one second to 366 days
 * @param by whose requests are counted together
 */
public record Limit(String name, long requests, Duration period, LimitKey by) {

    /** The most requests a limit may allow within its period. */
    public static final long MOST_REQUESTS = 1_000_000_000;

    /** The longest name in characters. */
    public static final int LONGEST_NAME = 256;

    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    /**
     * Checks the members.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names the limit
     */
    public Limit {
        Objects.requireNonNull(by, "by");
        boolean visible = name.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (name.isEmpty() || name.length() > LONGEST_NAME || !visible) {
            throw new IllegalArgumentException("a limit's name must be 1 to 256 characters, visible ASCII and space");
        }
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "limit '" + name + "': requests must be 1 to " + MOST_REQUESTS + ", not " + requests);
        }
        boolean whole = period.toNanosPart() == 0;
        if (!whole || period.toSeconds() < 1 || period.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    "limit '" + name + "': the period must be whole seconds, from 1 second to 366 days, not " + period);
        }
    }

    /**
     * Returns a limit named {@code default} that counts by identity.
     *
     * @param requests how many requests
     * @param period within what time
     * @return the limit
     * @throws IllegalArgumentException if either is out of its range
     */
    public static Limit of(long requests, Duration period) {
        return new Limit("default", requests, period, LimitKey.IDENTITY);
    }

    /**
     * Returns a limit per second, otherwise as {@link #of}.
     *
     * @param requests how many requests
     * @return the limit
     */
    public static Limit perSecond(long requests) {
        return of(requests, Duration.ofSeconds(1));
    }

    /**
     * Returns a limit per minute, otherwise as {@link #of}.
     *
     * @param requests how many requests
     * @return the limit
     */
    public static Limit perMinute(long requests) {
        return of(requests, Duration.ofMinutes(1));
    }

    /**
     * Returns a limit per hour, otherwise as {@link #of}.
     *
     * @param requests how many requests
     * @return the limit
     */
    public static Limit perHour(long requests) {
        return of(requests, Duration.ofHours(1));
    }

    /**
     * Returns this limit under another name.
     *
     * @param other the name
     * @return the limit
     */
    public Limit named(String other) {
        return new Limit(other, requests, period, by);
    }

    /**
     * Returns this limit counting by another key.
     *
     * @param key whose requests are counted together
     * @return the limit
     */
    public Limit by(LimitKey key) {
        return new Limit(name, requests, period, key);
    }

    /** Returns the whole seconds, rounded up, in which the given number of tokens is refilled. */
    long secondsToRefill(long tokens) {
        return (tokens * period.toSeconds() + requests - 1) / requests;
    }
}
