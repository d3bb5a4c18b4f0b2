package io.apiguard.authn.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, bounded by count and by bytes, of one verifier or of several.
 *
 * <p>The key is 128 bits of SHA-256 over 64 random bytes, fresh for each cache, and the token. The token itself as key
 * would be faster by half a microsecond, but a heap dump would then hold thousands of tokens ready for use. A hit
 * stands for a signature, so the digest must be one that nobody can find a second token for: without the random bytes,
 * which fill the digest's first block and are absorbed once, an attacker cannot even compute it. HMAC would add two
 * blocks per token against length extension, which needs a digest that is shown, and this one never leaves the process.
 */
final class TokenCache {

    private static final int BLOCK = 64;
    private static final int MAXIMUM_SIZE = 1_000_000;
    private static final int MINIMUM_BYTES = 64 * 1024;
    private static final int MAXIMUM_BYTES = 1 << 30;

    private final Cache<Key, Entry> entries;
    private final MessageDigest keyed;
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
                .weigher((Key key, Entry entry) -> Math.max(least, entry.bytes()))
                .executor(Runnable::run)
                .build();
        this.keyed = sha256();
        byte[] block = new byte[BLOCK];
        random.nextBytes(block);
        keyed.update(block);
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) MessageDigest.getInstance("SHA-256").clone();
        } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256 whose state can be copied", e);
        }
    }

    /** Half a digest. */
    record Key(long high, long low) {
        @Override
        public int hashCode() {
            return (int) high;
        }
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

    Key key(String token) {
        try {
            MessageDigest digest = (MessageDigest) keyed.clone();
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Key(bytes.getLong(), bytes.getLong());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 could be copied before", e);
        }
    }

    /** Returns a token that the given verifier found good with keys that are still those of the given generation. */
    @Nullable VerifiedJwt find(Key key, Object owner, long generation) {
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

    void store(Key key, Entry entry, long since) {
        if (round.get() == since) {
            entries.put(key, entry);
        }
        if (round.get() != since) {
            entries.invalidate(key);
        }
    }

    void remove(Key key) {
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
