package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Jwk;
import java.time.Duration;
import java.util.List;

/** What a {@link JwkSource} answers when asked for a key. */
sealed interface KeyLookup {

    /**
     * The key id is known, or none was asked for.
     *
     * @param keys those that allow the algorithm; may be empty
     * @param generation which generation of the set they are of
     */
    record Found(List<Jwk> keys, long generation) implements KeyLookup {}

    /** The issuer, asked just now, has no such key. */
    record Unknown() implements KeyLookup {}

    /** The issuer cannot be asked now. */
    record Unavailable(String detail, Duration retryAfter) implements KeyLookup {}
}
