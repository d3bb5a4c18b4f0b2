package io.apiguard.authn.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Makes the keys of caches of tokens: 128 bits of SHA-256 over 64 random bytes, fresh for each digest, and the token.
 *
 * <p>The token itself as key would be faster by half a microsecond, but a heap dump would then hold thousands of tokens
 * ready for use. A hit stands for a check, so the digest must be one that nobody can find a second token for: without
 * the random bytes, which fill the digest's first block and are absorbed once, an attacker cannot even compute it. HMAC
 * would add two blocks per token against length extension, which needs a digest that is shown, and this one never
 * leaves the process. Thread-safe.
 */
public final class TokenDigest {

    private static final int BLOCK = 64;

    private final MessageDigest keyed;

    /**
     * Makes a digest under a new random key.
     *
     * @param random where the key comes from
     */
    public TokenDigest(SecureRandom random) {
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

    /**
     * Half a digest.
     *
     * @param high its first eight bytes
     * @param low its second eight bytes
     */
    public record Key(long high, long low) {
        @Override
        public int hashCode() {
            return (int) high;
        }
    }

    /** Returns what stands for a token in a cache. */
    public Key key(String token) {
        try {
            MessageDigest digest = (MessageDigest) keyed.clone();
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Key(bytes.getLong(), bytes.getLong());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 could be copied before", e);
        }
    }
}
