package io.apiguard.authn.dpop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.Jwk;
import org.jspecify.annotations.Nullable;

/**
 * The keys of proofs that were right, by the text of the header they stand in: a client sends many proofs of one key, which
 * so need not be read, examined and brought into the provider's form for each. A key says nothing but what the header says, so that
 * nothing depends on its being remembered. Thread-safe.
 */
final class KnownKeys {

    private static final int MOST = 1_000;
    private static final int LONGEST_HEADER = 1024;

    private final Cache<String, Jwk> keys =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** Returns the key of a header that was seen before, or {@code null}. */
    @Nullable Jwk find(CompactJws proof) {
        return keys.getIfPresent(proof.headerText());
    }

    /** Remembers the key of a proof whose signature is right. */
    void add(CompactJws proof, Jwk key) {
        if (proof.headerText().length() <= LONGEST_HEADER) {
            keys.put(proof.headerText(), key);
        }
    }
}
