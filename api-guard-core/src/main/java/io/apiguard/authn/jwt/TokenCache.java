package io.apiguard.authn.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.authn.jose.TokenDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Tokens that were verified, bounded by count; see {@link TokenDigest} for what stands for a token. */
final class TokenCache {

    private final Cache<TokenDigest.Key, Entry> entries;
    private final TokenDigest digest;

    TokenCache(int size, SecureRandom random) {
        this.entries =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
        this.digest = new TokenDigest(random);
    }

    /** A token, and the generation of keys that its signature was checked with. */
    record Entry(VerifiedJwt token, long generation) {}

    TokenDigest.Key key(String token) {
        return digest.key(token);
    }

    /** Returns a token whose keys are still those of the given generation. */
    @Nullable
    VerifiedJwt find(TokenDigest.Key key, long generation) {
        Entry entry = entries.getIfPresent(key);
        if (entry == null || entry.generation == generation) {
            return entry == null ? null : entry.token;
        }
        entries.invalidate(key);
        return null;
    }

    void store(TokenDigest.Key key, VerifiedJwt token, long generation) {
        entries.put(key, new Entry(token, generation));
    }

    void remove(TokenDigest.Key key) {
        entries.invalidate(key);
    }
}
