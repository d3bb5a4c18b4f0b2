package io.apiguard.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.LockFreeBucket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges requests to limits, with one token bucket in memory for each limit and caller.
 *
 * <p>There is one bounded store for each {@link LimitKey}, so that a flood of client addresses never pushes out the
 * bucket of a verified identity. A bucket that nobody used for its limit's whole period is full again and is forgotten soon after.
 * If a store is full of live buckets, the one least likely to be used again goes (by frequency and recency, so an
 * attacker's busy bucket stays and one-time keys go first); its caller starts anew with a full one. To gain a budget by
 * this an attacker needs more distinct keys than the store holds, each of which is a caller of its own anyway; {@link
 * #evicted} counts it and the event {@code ratelimit.store.full} reports it the first time.
 *
 * <p>Thread-safe and lock-free on a bucket; it never blocks.
 */
public final class RateLimiter {

    /** How many buckets each store holds unless set otherwise. */
    public static final int DEFAULT_MAX_KEYS = 100_000;

    /** The longest value in characters that is kept as it is; of a longer one a SHA-256 digest is kept. */
    public static final int LONGEST_VALUE = 128;

    private static final int MOST_CONFIGURATIONS = 10_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Caffeine may pass over the note of an access within a second of another, so that a bucket would be forgotten before it is full. */
    private static final long LATE_NOTES_NANOS = 2_000_000_000;

    private final Map<LimitKey, Cache<Key, LocalBucket>> stores = new EnumMap<>(LimitKey.class);
    private final Map<Limit, BucketConfiguration> configurations = new ConcurrentHashMap<>();
    private final Function<Key, LocalBucket> newBucket = this::newBucket;
    private final LongAdder evicted = new LongAdder();
    private final GuardListener listener;
    private final TimeMeter time;

    private RateLimiter(int maxKeys, LongSupplier nanos, GuardListener listener) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("the most keys must be at least 1, not " + maxKeys);
        }
        this.listener = listener;
        this.time = new Nanos(nanos);
        for (LimitKey kind : LimitKey.values()) {
            stores.put(kind, store(maxKeys, nanos));
        }
    }

    /** Whose bucket it is; a digest and a value that reads like it are two keys. */
    private record Key(Limit limit, String value, boolean digested) {

        /** Of the parts that tell keys apart; that of a whole limit would be put together anew for every request. */
        @Override
        public int hashCode() {
            return 31 * limit.name().hashCode() + value.hashCode();
        }
    }

    /** A bucket that was not used for its limit's period is full again. */
    private static final class Forgetting implements Expiry<Key, LocalBucket> {

        @Override
        public long expireAfterCreate(Key key, LocalBucket bucket, long now) {
            return key.limit().period().toNanos() + LATE_NOTES_NANOS;
        }

        @Override
        public long expireAfterUpdate(Key key, LocalBucket bucket, long now, long left) {
            return expireAfterCreate(key, bucket, now);
        }

        @Override
        public long expireAfterRead(Key key, LocalBucket bucket, long now, long left) {
            return expireAfterCreate(key, bucket, now);
        }
    }

    /** Any monotonic count of nanoseconds. */
    private record Nanos(LongSupplier source) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return source.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /**
     * Makes a limiter on the time that passes, whatever happens to the clock; the right one for a server.
     *
     * @param maxKeys how many buckets to hold at most for each kind of key, at least 1
     * @param listener who is told when a store is full
     * @return the limiter
     * @throws IllegalArgumentException if the number is out of its range
     */
    public static RateLimiter of(int maxKeys, GuardListener listener) {
        return new RateLimiter(maxKeys, System::nanoTime, listener);
    }

    /**
     * Makes a limiter on a clock. While the clock stands behind where it was before, no bucket is refilled.
     *
     * @param maxKeys how many buckets to hold at most for each kind of key, at least 1
     * @param clock the clock
     * @param listener who is told when a store is full
     * @return the limiter
     * @throws IllegalArgumentException if the number is out of its range
     */
    public static RateLimiter on(int maxKeys, InstantSource clock, GuardListener listener) {
        return new RateLimiter(maxKeys, () -> nanos(clock.instant()), listener);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    /** Housekeeping runs in the calling thread: it is short, and a server's common pool stays the application's. */
    private Cache<Key, LocalBucket> store(int maxKeys, LongSupplier nanos) {
        return Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfter(new Forgetting())
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .evictionListener((key, bucket, cause) -> noteEviction(cause))
                .build();
    }

    private void noteEviction(RemovalCause cause) {
        if (cause != RemovalCause.SIZE) {
            return;
        }
        boolean first = evicted.sum() == 0;
        evicted.increment();
        if (first) {
            listener.on(new GuardEvent(
                    "ratelimit.store.full",
                    GuardEvent.Severity.WARNING,
                    "A rate-limit store is full, so callers it forgets start with a full bucket. Allow more keys.",
                    Map.of()));
        }
    }

    /**
     * Charges a request to its limits: to all of them if each has room, else to none.
     *
     * @param charges what to take from which limit; no two from the same bucket
     * @return what came of it; allowed if there are no charges
     */
    public LimitResult tryConsume(List<Charge> charges) {
        LocalBucket[] buckets = new LocalBucket[charges.size()];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = bucket(charges.get(i));
        }
        LimitResult denial = isOneShort(charges, buckets) ? lookForDenial(charges, buckets) : null;
        return denial != null ? denial : consumeAll(charges, buckets);
    }

    /**
     * Looked at first, so that a caller that one limit refuses does not, even for a moment, hold tokens that others share. The first bucket
     * need not be: before it nothing is taken.
     */
    private static boolean isOneShort(List<Charge> charges, LocalBucket[] buckets) {
        for (int i = 1; i < buckets.length; i++) {
            if (!buckets[i].estimateAbilityToConsume(charges.get(i).cost()).canBeConsumed()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Charges a request to one limit.
     *
     * @param charge what to take from which limit
     * @return what came of it
     */
    public LimitResult tryConsume(Charge charge) {
        ConsumptionProbe probe = bucket(charge).tryConsumeAndReturnRemaining(charge.cost());
        LimitResult.State state = probe.isConsumed()
                ? standing(charge.limit(), probe.getRemainingTokens())
                : waiting(charge.limit(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
        return new LimitResult(List.of(state), probe.isConsumed() ? null : state);
    }

    private static @Nullable LimitResult lookForDenial(List<Charge> charges, LocalBucket[] buckets) {
        List<LimitResult.State> states = new ArrayList<>(buckets.length);
        LimitResult.State denied = null;
        for (int i = 0; i < buckets.length; i++) {
            Charge charge = charges.get(i);
            EstimationProbe probe = buckets[i].estimateAbilityToConsume(charge.cost());
            boolean refused = !probe.canBeConsumed();
            LimitResult.State state = refused
                    ? waiting(charge.limit(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill())
                    : standing(charge.limit(), probe.getRemainingTokens());
            if (refused && (denied == null || state.resetSeconds() > denied.resetSeconds())) {
                denied = state;
            }
            states.add(state);
        }
        return denied == null ? null : new LimitResult(states, denied);
    }

    /** Takes from one bucket after the other; if another request was faster at one, gives back what was taken. */
    private static LimitResult consumeAll(List<Charge> charges, LocalBucket[] buckets) {
        List<LimitResult.State> states = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            Charge charge = charges.get(i);
            ConsumptionProbe probe = buckets[i].tryConsumeAndReturnRemaining(charge.cost());
            if (!probe.isConsumed()) {
                giveBack(charges, buckets, i);
                LimitResult denial = i == 0 ? lookForDenial(charges, buckets) : null;
                return denial != null ? denial : denied(charges, buckets, i, probe);
            }
            states.add(standing(charge.limit(), probe.getRemainingTokens()));
        }
        return new LimitResult(states, null);
    }

    /** A bucket never gets above its size by this, and never above where it would stand had nothing been taken. */
    private static void giveBack(List<Charge> charges, LocalBucket[] buckets, int count) {
        for (int i = 0; i < count; i++) {
            buckets[i].addTokens(charges.get(i).cost());
        }
    }

    private static LimitResult denied(List<Charge> charges, LocalBucket[] buckets, int index, ConsumptionProbe probe) {
        List<LimitResult.State> states = new ArrayList<>(buckets.length);
        Limit limit = charges.get(index).limit();
        LimitResult.State denied = waiting(limit, probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
        for (int i = 0; i < buckets.length; i++) {
            states.add(i == index ? denied : standing(charges.get(i).limit(), buckets[i].getAvailableTokens()));
        }
        return new LimitResult(states, denied);
    }

    private static LimitResult.State standing(Limit limit, long remaining) {
        return new LimitResult.State(limit, remaining, limit.secondsToRefill(limit.requests() - remaining));
    }

    private static LimitResult.State waiting(Limit limit, long remaining, long nanos) {
        long seconds = nanos / NANOS_PER_SECOND + 1;
        return new LimitResult.State(
                limit, remaining, Math.min(seconds, limit.period().toSeconds()));
    }

    private LocalBucket bucket(Charge charge) {
        return store(charge.kind()).get(key(charge), newBucket);
    }

    private Cache<Key, LocalBucket> store(LimitKey kind) {
        Cache<Key, LocalBucket> store = stores.get(kind);
        if (store == null) {
            throw new AssertionError(kind);
        }
        return store;
    }

    private static Key key(Charge charge) {
        boolean digested = charge.value().length() > LONGEST_VALUE;
        return new Key(charge.limit(), digested ? digest(charge.value()) : charge.value(), digested);
    }

    private static String digest(String value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_16BE)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private LocalBucket newBucket(Key key) {
        return new LockFreeBucket(configuration(key.limit()), MathType.INTEGER_64_BITS, time, BucketListener.NOPE);
    }

    /**
     * Buckets of one limit share its configuration; limits come from settings, the bound only guards against misuse.
     */
    private BucketConfiguration configuration(Limit limit) {
        BucketConfiguration known = configurations.get(limit);
        if (known != null) {
            return known;
        }
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(limit.requests())
                .refillGreedy(limit.requests(), limit.period())
                .build();
        BucketConfiguration made = new BucketConfiguration(List.of(bandwidth));
        if (configurations.size() < MOST_CONFIGURATIONS) {
            configurations.put(limit, made);
        }
        return made;
    }

    /** {@return how many live buckets were pushed out because their store was full} */
    public long evicted() {
        return evicted.sum();
    }

    /** {@return about how many buckets are held now} */
    public long size() {
        return stores.values().stream().mapToLong(Cache::estimatedSize).sum();
    }
}
