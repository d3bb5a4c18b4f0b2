package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import org.jspecify.annotations.Nullable;

/** Keys that never change. */
final class FixedJwkSource extends JwkSource {

    private final JwkSet set;

    FixedJwkSource(byte[] json) {
        this.set = JwkSet.parse(json);
        if (set.keys().isEmpty()) {
            throw new Malformed("it has no usable key; left out: " + set.ignored());
        }
    }

    @Override
    public void warmUp(WhenUnreachable choice) {}

    @Override
    public void close() {}

    @Override
    KeyLookup find(@Nullable String keyId, JwsAlgorithm algorithm) {
        if (keyId != null && !set.has(keyId)) {
            return new KeyLookup.Unknown();
        }
        return new KeyLookup.Found(set.suiting(keyId, algorithm), generation());
    }

    @Override
    long generation() {
        return 0;
    }
}
