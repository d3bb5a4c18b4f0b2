package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.JwsAlgorithm;
import org.jspecify.annotations.Nullable;

/** A set of keys, and a number that changes whenever a key leaves it. */
record KeyState(JwkSet set, long generation) {

    static KeyState first(JwkSet set) {
        return new KeyState(set, 0);
    }

    KeyState replacedBy(JwkSet next) {
        return new KeyState(next, set.within(next) ? generation : generation + 1);
    }

    boolean sameAs(JwkSet other) {
        return set.within(other) && other.within(set);
    }

    /** Returns the keys that suit, or {@code null} if there is none of that id. */
    KeyLookup.@Nullable Found find(@Nullable String keyId, JwsAlgorithm algorithm) {
        return keyId != null && !set.has(keyId) ? null : new KeyLookup.Found(set.suiting(keyId, algorithm), generation);
    }
}
