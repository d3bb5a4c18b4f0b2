package io.apiguard.authn.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.authn.jose.TokenDigest;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, bounded by count and by bytes, of one verifier or of several.
 *
 * <p>See {@link TokenDigest} for what stands for a token.
 */
final class TokenCache {

    private static final int MAXIMUM_SIZE = 1_000_000;
    private static final int MINIMUM_BYTES = 64 * 1024;
    private static final int MAXIMUM_BYTES = 1 << 30;

    private final Cache<TokenDigest.Key, Entry> entries;
    private final TokenDigest digest;
    private final AtomicLong round = new AtomicLong();

    /** Returns a cache, or {@code null} if it is to hold nothing. */
    static @Nullable TokenCache of(int size, int bytes, SecureRandom random) {
        check(size >= 0 && size <= MAXIMUM_SIZE, "cacheSize must be 0 to " + MAXIMUM_SIZE);
        check(
                bytes >= MINIMUM_BYTES && bytes <= MAXIMUM_BYTES,
                "cacheBytes must be " + MINIMUM_BYTES + " to " + MAXIMUM_BYTES);
        return size == 0 ? null : new TokenCache(size, bytes, random);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private TokenCache(int size, int bytes, SecureRandom random) {
        int least =
                (int) ((bytes + (long) size - 1) / size); // so that no more than size entries weigh what is permitted
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((TokenDigest.Key key, Entry entry) -> Math.max(least, entry.bytes()))
                .executor(Runnable::run)
                .build();
        this.digest = new TokenDigest(random);
    }

    /**
     * A token, who verified it, and the generation of keys that its signature was checked with.
     *
     * @param length how many characters the token had
     */
    record Entry(VerifiedJwt token, Object owner, long generation, int length) {

        /** About what it takes: the claims are held once as text and once as objects that lead there. */
        int bytes() {
            return 1024 + 4 * length;
        }
    }

    TokenDigest.Key key(String token) {
        return digest.key(token);
    }

    /** Returns a token that the given verifier found good with keys that are still those of the given generation. */
    @Nullable VerifiedJwt find(TokenDigest.Key key, Object owner, long generation) {
        Entry entry = entries.getIfPresent(key);
        if (entry == null || (entry.generation == generation && entry.owner == owner)) {
            return entry == null ? null : entry.token;
        }
        entries.invalidate(key);
        return null;
    }

    /** Returns a number to hand to {@link #store}: tokens that were looked at before a {@link #forget} are not kept. */
    long round() {
        return round.get();
    }

    void store(TokenDigest.Key key, Entry entry, long since) {
        if (round.get() == since) {
            entries.put(key, entry);
        }
        if (round.get() != since) {
            entries.invalidate(key);
        }
    }

    void remove(TokenDigest.Key key) {
        entries.invalidate(key);
    }

    void forget(Predicate<Entry> which) {
        round.incrementAndGet();
        entries.asMap().values().removeIf(which);
    }

    /** Returns how many tokens are held, after what is due for eviction has gone. */
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
