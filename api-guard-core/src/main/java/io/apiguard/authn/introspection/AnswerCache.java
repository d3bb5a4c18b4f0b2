package io.apiguard.authn.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.authn.introspection.IntrospectionResult.Invalid;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.introspection.IntrospectionResult.Valid;
import io.apiguard.authn.jose.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer answered lately. Refusals have a cache of their own, so that made-up tokens cannot drive out good
 * ones.
 */
final class AnswerCache {

    private final Cache<TokenDigest.Key, Entry> good;
    private final Cache<TokenDigest.Key, Entry> bad;
    private final Bounds bounds;
    private final AtomicLong round = new AtomicLong();

    AnswerCache(Bounds bounds) {
        this.bounds = bounds;
        this.good = cache(bounds.entries());
        this.bad = cache(bounds.entries());
    }

    /**
     * How many answers are kept of either sort, and for how long.
     *
     * @param positive how long a token is taken for active without asking again; zero to ask every time
     * @param negative how long a token is taken for bad without asking again; zero to ask every time
     */
    record Bounds(int entries, Duration positive, Duration negative) {}

    private record Entry(IntrospectionResult result, Instant until) {}

    private static Cache<TokenDigest.Key, Entry> cache(int entries) {
        return Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run)
                .build();
    }

    @Nullable IntrospectionResult find(TokenDigest.Key key, Instant now) {
        IntrospectionResult known = find(good, key, now);
        return known == null ? find(bad, key, now) : known;
    }

    private static @Nullable IntrospectionResult find(
            Cache<TokenDigest.Key, Entry> cache, TokenDigest.Key key, Instant now) {
        Entry entry = cache.getIfPresent(key);
        if (entry == null || now.isBefore(entry.until)) {
            return entry == null ? null : entry.result;
        }
        cache.invalidate(key);
        return null;
    }

    /** Returns a number to hand to {@link #store}: answers that were asked for before a {@link #clear} are not kept. */
    long round() {
        return round.get();
    }

    void store(TokenDigest.Key key, IntrospectionResult result, Instant now, long since) {
        if (round.get() == since) {
            keep(key, result, now);
        }
        if (round.get() != since) {
            good.invalidate(key);
            bad.invalidate(key);
        }
    }

    private void keep(TokenDigest.Key key, IntrospectionResult result, Instant now) {
        if (result instanceof Valid valid) {
            Instant expiry = valid.token().expiresAt();
            Instant latest = now.plus(bounds.positive());
            put(good, key, new Entry(result, expiry.isBefore(latest) ? expiry : latest), now);
        } else if (result instanceof Invalid invalid && invalid.reason() != Reason.NOT_YET_VALID) {
            put(bad, key, new Entry(result, now.plus(bounds.negative())), now);
        }
    }

    private static void put(Cache<TokenDigest.Key, Entry> cache, TokenDigest.Key key, Entry entry, Instant now) {
        if (now.isBefore(entry.until)) {
            cache.put(key, entry);
        }
    }

    void clear() {
        round.incrementAndGet();
        good.invalidateAll();
        bad.invalidateAll();
    }
}
