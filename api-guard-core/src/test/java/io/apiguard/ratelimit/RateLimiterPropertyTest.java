package io.apiguard.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.event.GuardListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Properties of {@link RateLimiter}, in a class of their own because another engine runs them. */
class RateLimiterPropertyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong millis = new AtomicLong();
    private final InstantSource clock = () -> START.plusMillis(millis.get());

    /**
     * In any stretch of time there are never more than the capacity and what that time refills (greedy token bucket).
     */
    @Property(tries = 200)
    void tryConsume_anySequence_staysWithinCapacityPlusRefillInEveryWindow(
            @ForAll @IntRange(min = 1, max = 20) int requests,
            @ForAll @IntRange(min = 1, max = 10) int seconds,
            @ForAll @Size(max = 200) List<@IntRange(max = 2000) Integer> pauses) {
        RateLimiter fresh = RateLimiter.on(10, clock, GuardListener.none());
        Limit limit = Limit.of(requests, Duration.ofSeconds(seconds));
        List<Long> allowedAt = new ArrayList<>();
        for (int pause : pauses) {
            millis.addAndGet(pause);
            if (fresh.tryConsume(Charge.of(limit, "a")).allowed()) {
                allowedAt.add(millis.get());
            }
        }
        for (int from = 0; from < allowedAt.size(); from++) {
            for (int to = from; to < allowedAt.size(); to++) {
                long window = allowedAt.get(to) - allowedAt.get(from);
                long most = requests + (window * requests + seconds * 1000L - 1) / (seconds * 1000L);
                assertThat(to - from + 1L).isLessThanOrEqualTo(most);
            }
        }
    }

    /** The promise of RateLimit-Policy: whoever keeps to q requests in any w seconds is never refused. */
    @Property(tries = 200)
    void tryConsume_callerThatKeepsToThePolicy_isNeverRefused(
            @ForAll @IntRange(min = 1, max = 10) int requests,
            @ForAll @IntRange(min = 1, max = 7) int seconds,
            @ForAll @Size(max = 150) List<@IntRange(max = 1500) Integer> pauses) {
        RateLimiter fresh = RateLimiter.on(10, clock, GuardListener.none());
        Limit limit = Limit.of(requests, Duration.ofSeconds(seconds));
        Deque<Long> recent = new ArrayDeque<>();
        for (int pause : pauses) {
            long now = millis.addAndGet(pause);
            while (!recent.isEmpty() && recent.peekFirst() <= now - seconds * 1000L) {
                recent.removeFirst();
            }
            if (recent.size() < requests) {
                recent.addLast(now);
                assertThat(fresh.tryConsume(Charge.of(limit, "a")).allowed()).isTrue();
            }
        }
    }

    @Property(tries = 100)
    void tryConsume_afterTheTimeItNames_isAlwaysAllowed(
            @ForAll @LongRange(min = 1, max = 1_000_000) long requests,
            @ForAll @IntRange(min = 1, max = 100_000) int seconds,
            @ForAll @LongRange(min = 1, max = 1_000_000) long wanted) {
        RateLimiter fresh = RateLimiter.on(10, clock, GuardListener.none());
        Limit limit = Limit.of(requests, Duration.ofSeconds(seconds));
        Charge all = new Charge(limit, LimitKey.IDENTITY, "a", requests);
        Charge some = new Charge(limit, LimitKey.IDENTITY, "a", Math.min(wanted, requests));
        fresh.tryConsume(all);
        LimitResult denied = fresh.tryConsume(some);
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.retryAfterSeconds()).isBetween(1L, (long) seconds);
        millis.addAndGet(denied.retryAfterSeconds() * 1000);
        assertThat(fresh.tryConsume(some).allowed()).isTrue();
    }
}
