package io.apiguard.authn.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified, bounded by count.
 *
 * <p>The key is 128 bits of SHA-256 over 64 random bytes, fresh for each cache, and the token. The token itself as key
 * would be faster by half a microsecond, but a heap dump would then hold thousands of tokens ready for use. A hit
 * stands for a signature, so the digest must be one that nobody can find a second token for: without the random bytes,
 * which fill the digest's first block and are absorbed once, an attacker cannot even compute it. HMAC would add two
 * blocks per token against length extension, which needs a digest that is shown, and this one never leaves the process.
 */
final class TokenCache {

    private static final int BLOCK = 64;

    private final Cache<Key, Entry> entries;
    private final MessageDigest keyed;

    TokenCache(int size, SecureRandom random) {
        this.entries =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
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

    /** A token, and the generation of keys that its signature was checked with. */
    record Entry(VerifiedJwt token, long generation) {}

    Key key(String token) {
        try {
            MessageDigest digest = (MessageDigest) keyed.clone();
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Key(bytes.getLong(), bytes.getLong());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 could be copied before", e);
        }
    }

    /** Returns a token whose keys are still those of the given generation. */
    @Nullable VerifiedJwt find(Key key, long generation) {
        Entry entry = entries.getIfPresent(key);
        if (entry == null || entry.generation == generation) {
            return entry == null ? null : entry.token;
        }
        entries.invalidate(key);
        return null;
    }

    void store(Key key, VerifiedJwt token, long generation) {
        entries.put(key, new Entry(token, generation));
    }

    void remove(Key key) {
        entries.invalidate(key);
    }
}
