package io.apiguard.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import io.apiguard.http.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong millis = new AtomicLong();
    private final InstantSource clock = () -> START.plusMillis(millis.get());
    private final RateLimiter limiter = RateLimiter.on(1000, clock, GuardListener.none());

    private static String header(LimitResult result, String name) {
        return result.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("none");
    }

    @Test
    void tryConsume_upToTheLimit_isAllowedAndThenDenied() {
        Limit limit = Limit.perMinute(3);
        for (int left = 2; left >= 0; left--) {
            LimitResult result = limiter.tryConsume(Charge.of(limit, "a"));
            assertThat(result.allowed()).isTrue();
            assertThat(header(result, "RateLimit")).isEqualTo("\"default\";r=" + left + ";t=" + (3 - left) * 20);
            assertThat(header(result, "RateLimit-Policy")).isEqualTo("\"default\";q=3;w=60");
            assertThat(header(result, "Retry-After")).isEqualTo("none");
        }
        LimitResult denied = limiter.tryConsume(Charge.of(limit, "a"));
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.deniedBy()).contains(limit);
        assertThat(header(denied, "RateLimit")).startsWith("\"default\";r=0;t=2");
        assertThat(header(denied, "Retry-After")).isEqualTo(Long.toString(denied.retryAfterSeconds()));
    }

    @Test
    void tryConsume_atTheBoundaryInstant_isAllowed() {
        Limit limit = Limit.perMinute(3);
        limiter.tryConsume(new Charge(limit, LimitKey.IDENTITY, "a", 3));
        millis.set(19_999);
        assertThat(limiter.tryConsume(Charge.of(limit, "a")).allowed()).isFalse();
        millis.set(20_000);
        assertThat(limiter.tryConsume(Charge.of(limit, "a")).allowed()).isTrue();
        assertThat(limiter.tryConsume(Charge.of(limit, "a")).allowed()).isFalse();
    }

    @Test
    void tryConsume_afterRetryAfter_isAllowed() {
        Limit limit = Limit.of(7, Duration.ofSeconds(60));
        limiter.tryConsume(new Charge(limit, LimitKey.IDENTITY, "a", 7));
        LimitResult denied = limiter.tryConsume(new Charge(limit, LimitKey.IDENTITY, "a", 5));
        millis.addAndGet(denied.retryAfterSeconds() * 1000);
        assertThat(limiter.tryConsume(new Charge(limit, LimitKey.IDENTITY, "a", 5))
                        .allowed())
                .isTrue();
    }

    @Test
    void tryConsume_severalLimits_chargesAllOrNone() {
        Limit wide = Limit.perMinute(10).named("wide");
        Limit narrow = Limit.perMinute(1).named("narrow");
        List<Charge> both = List.of(Charge.of(wide, "a"), Charge.of(narrow, "a"));
        assertThat(limiter.tryConsume(both).allowed()).isTrue();
        LimitResult denied = limiter.tryConsume(both);
        assertThat(denied.deniedBy()).contains(narrow);
        assertThat(denied.states()).hasSize(2);
        assertThat(header(denied, "RateLimit")).contains("\"wide\";r=9;", "\"narrow\";r=0;");
        LimitResult next = limiter.tryConsume(Charge.of(wide, "a"));
        assertThat(next.states().get(0).remaining()).isEqualTo(8);
    }

    @Test
    void tryConsume_sameBucketTwice_isStillAllOrNone() {
        Limit limit = Limit.perMinute(3);
        Charge two = new Charge(limit, LimitKey.IDENTITY, "a", 2);
        assertThat(limiter.tryConsume(List.of(two, two)).allowed()).isFalse();
        assertThat(limiter.tryConsume(new Charge(limit, LimitKey.IDENTITY, "a", 3))
                        .allowed())
                .isTrue();
    }

    @Test
    void tryConsume_longestWait_isTheOneReported() {
        Limit second = Limit.perSecond(1).named("second");
        Limit hour = Limit.perHour(1).named("hour");
        List<Charge> both = List.of(Charge.of(second, "a"), Charge.of(hour, "a"));
        limiter.tryConsume(both);
        LimitResult denied = limiter.tryConsume(both);
        assertThat(denied.deniedBy()).contains(hour);
        assertThat(denied.retryAfterSeconds()).isEqualTo(3600);
    }

    @Test
    void tryConsume_otherLimitKindOrValue_isAnotherBucket() {
        Limit one = Limit.perMinute(1);
        String value = "192.0.2.1";
        assertThat(limiter.tryConsume(new Charge(one, LimitKey.IDENTITY, value, 1))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryConsume(new Charge(one, LimitKey.CLIENT_ADDRESS, value, 1))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryConsume(new Charge(one, LimitKey.IDENTITY, "other", 1))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryConsume(new Charge(one.named("x"), LimitKey.IDENTITY, value, 1))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryConsume(new Charge(one, LimitKey.IDENTITY, value, 1))
                        .allowed())
                .isFalse();
    }

    @Test
    void tryConsume_longValues_areToldApart() {
        Limit one = Limit.perMinute(1);
        String prefix = "x".repeat(500);
        assertThat(limiter.tryConsume(Charge.of(one, prefix + "a")).allowed()).isTrue();
        assertThat(limiter.tryConsume(Charge.of(one, prefix + "b")).allowed()).isTrue();
        assertThat(limiter.tryConsume(Charge.of(one, prefix + "a")).allowed()).isFalse();
    }

    @Test
    void joined_pairs_areUnambiguous() {
        assertThat(Charge.joined("ab", "c")).isNotEqualTo(Charge.joined("a", "bc"));
        assertThat(Charge.joined("1:a", "")).isNotEqualTo(Charge.joined("1", ":a"));
    }

    @Test
    void tryConsume_noCharges_isAllowedWithoutFields() {
        LimitResult result = limiter.tryConsume(List.of());
        assertThat(result.allowed()).isTrue();
        assertThat(result.headers()).isEmpty();
        assertThat(result.retryAfterSeconds()).isZero();
    }

    @Test
    void tryConsume_clockGoesBack_refillsNothing() {
        Limit limit = Limit.perSecond(1);
        millis.set(10_000);
        limiter.tryConsume(Charge.of(limit, "a"));
        millis.set(0);
        assertThat(limiter.tryConsume(Charge.of(limit, "a")).allowed()).isFalse();
        millis.set(11_000);
        assertThat(limiter.tryConsume(Charge.of(limit, "a")).allowed()).isTrue();
    }

    @Test
    void store_isBoundedForEachKind_andReportsOnce() {
        List<GuardEvent> events = new ArrayList<>();
        RateLimiter small = RateLimiter.on(100, clock, events::add);
        Limit limit = Limit.perHour(5);
        small.tryConsume(new Charge(limit, LimitKey.IDENTITY, "victim", 5));
        for (int i = 0; i < 10_000; i++) {
            small.tryConsume(new Charge(limit, LimitKey.CLIENT_ADDRESS, "192.0." + i, 1));
        }
        assertThat(small.size()).isLessThanOrEqualTo(101);
        assertThat(small.evicted()).isGreaterThan(9000);
        assertThat(events).extracting(GuardEvent::name).containsExactly("ratelimit.store.full");
        assertThat(small.tryConsume(new Charge(limit, LimitKey.IDENTITY, "victim", 1))
                        .allowed())
                .isFalse();
    }

    @Test
    void store_busyBucketUnderAFloodOfOneTimeKeys_isKept() {
        RateLimiter small = RateLimiter.on(100, clock, GuardListener.none());
        Limit limit = Limit.perHour(20);
        int allowed = 0;
        for (int i = 0; i < 20_000; i++) {
            allowed += small.tryConsume(Charge.of(limit, "attacker")).allowed() ? 1 : 0;
            small.tryConsume(Charge.of(limit, "flood-" + i));
        }
        assertThat(allowed).isEqualTo(20);
    }

    @Test
    void store_bucketIdleForItsPeriod_isForgotten() {
        Limit limit = Limit.perMinute(5);
        limiter.tryConsume(Charge.of(limit, "a"));
        assertThat(limiter.size()).isEqualTo(1);
        millis.set(120_000);
        for (int i = 0; i < 100; i++) {
            limiter.tryConsume(Charge.of(limit, "b"));
        }
        assertThat(limiter.size()).isEqualTo(1);
        assertThat(limiter.evicted()).isZero();
    }

    @Test
    void tryConsume_manyThreads_neverGetMoreThanTheCapacity() throws Exception {
        Limit shared = Limit.perHour(500).named("shared").by(LimitKey.TENANT);
        Limit own = Limit.perHour(100).named("own");
        int threads = 8;
        AtomicInteger[] allowed = new AtomicInteger[threads];
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                AtomicInteger mine = allowed[t] = new AtomicInteger();
                List<Charge> charges = List.of(Charge.of(shared, "tenant"), Charge.of(own, "caller-" + t));
                runs.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 1000; i++) {
                        if (limiter.tryConsume(charges).allowed()) {
                            mine.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        int total = 0;
        for (AtomicInteger count : allowed) {
            assertThat(count.get()).isLessThanOrEqualTo(100);
            total += count.get();
        }
        assertThat(total).isEqualTo(500);
        for (int t = 0; t < threads; t++) {
            long left = limiter.tryConsume(List.of(Charge.of(own, "caller-" + t)))
                    .states()
                    .get(0)
                    .remaining();
            boolean wasFull = allowed[t].get() == 100;
            assertThat(left).isEqualTo(wasFull ? 0 : 100 - allowed[t].get() - 1);
        }
    }

    @Test
    void after_earlierResult_joinsBoth() {
        LimitResult first = limiter.tryConsume(Charge.of(Limit.perMinute(2).named("pre"), "a"));
        LimitResult both = limiter.tryConsume(Charge.of(Limit.perMinute(3).named("own"), "a"))
                .after(first);
        assertThat(header(both, "RateLimit-Policy")).isEqualTo("\"pre\";q=2;w=60, \"own\";q=3;w=60");
        assertThat(header(both, "RateLimit")).isEqualTo("\"pre\";r=1;t=30, \"own\";r=2;t=20");
    }

    @Test
    void headers_sameNameTwice_showTheScarcerOnly() {
        Limit limit = Limit.perMinute(5).named("x");
        LimitResult.State more = new LimitResult.State(limit, 4, 12);
        LimitResult.State less = new LimitResult.State(limit, 1, 48);
        assertThat(header(new LimitResult(List.of(more, less), null), "RateLimit"))
                .isEqualTo("\"x\";r=1;t=48");
    }

    @Test
    void limitFields_preparedBefore_areThoseOfTheResult() {
        List<Limit> limits =
                List.of(Limit.perMinute(2).named("a \"b\""), Limit.perHour(7).named("c"));
        LimitFields fields = LimitFields.of(limits);
        List<Charge> charges =
                limits.stream().map(limit -> Charge.of(limit, "x")).toList();
        for (int i = 0; i < 3; i++) {
            LimitResult result = limiter.tryConsume(charges);
            assertThat(fields.of(result)).isEqualTo(result.headers()).hasSize(i < 2 ? 2 : 3);
        }
        assertThat(fields.of(limiter.tryConsume(charges)).get(0).value())
                .isEqualTo("\"a \\\"b\\\"\";q=2;w=60, \"c\";q=7;w=3600");
    }

    @Test
    void limitFields_sameNameTwice_showTheScarcerOnly() {
        Limit limit = Limit.perMinute(5).named("x");
        LimitResult.State more = new LimitResult.State(limit, 4, 12);
        LimitResult.State less = new LimitResult.State(limit, 1, 48);
        assertThat(LimitFields.of(List.of(limit, limit)).of(new LimitResult(List.of(more, less), null)))
                .containsExactly(
                        new Header("RateLimit-Policy", "\"x\";q=5;w=60"), new Header("RateLimit", "\"x\";r=1;t=48"));
    }

    @Test
    void limitFields_otherLimits_areRefused() {
        LimitResult result = limiter.tryConsume(Charge.of(Limit.perMinute(2), "a"));
        assertThatThrownBy(() -> LimitFields.of(List.of()).of(result)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LimitFields.of(List.of(Limit.perMinute(3))).of(result))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tryConsume_firstAndLastRefuse_reportsTheLongestWaitAndChargesNone() {
        Charge first = Charge.of(Limit.perMinute(1).named("first"), "a");
        Charge middle = Charge.of(Limit.perMinute(5).named("middle"), "a");
        Charge last = Charge.of(Limit.perHour(1).named("last"), "a");
        limiter.tryConsume(first);
        assertThat(limiter.tryConsume(List.of(first, middle)).deniedBy()).contains(first.limit());
        limiter.tryConsume(last);
        assertThat(limiter.tryConsume(List.of(first, middle, last)).deniedBy()).contains(last.limit());
        assertThat(limiter.tryConsume(middle).states().get(0).remaining()).isEqualTo(4);
    }

    @Test
    void newLimit_outOfRange_isRefused() {
        assertThatThrownBy(() -> Limit.perMinute(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.perMinute(Limit.MOST_REQUESTS + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.of(1, Duration.ofMillis(1500))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.of(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.of(1, Duration.ofDays(367))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.perMinute(1).named("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.perMinute(1).named("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Charge(Limit.perMinute(1), LimitKey.TENANT, "a", 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Charge(Limit.perMinute(1), LimitKey.TENANT, "a", 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimiter.of(0, GuardListener.none())).isInstanceOf(IllegalArgumentException.class);
        Limit largest = Limit.of(Limit.MOST_REQUESTS, Duration.ofDays(366));
        LimitResult result = limiter.tryConsume(new Charge(largest, LimitKey.TENANT, "a", Limit.MOST_REQUESTS));
        assertThat(result.states().get(0).resetSeconds())
                .isEqualTo(Duration.ofDays(366).toSeconds());
        assertThat(limiter.tryConsume(new Charge(Limit.perSecond(Limit.MOST_REQUESTS), LimitKey.TENANT, "a", 1))
                        .allowed())
                .isTrue();
    }
}
