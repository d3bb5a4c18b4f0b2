package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import org.jspecify.annotations.Nullable;

/** Keys that never change. */
final class FixedJwkSource extends JwkSource {

    private final KeyState keys;
    private final boolean anyKeyId;

    FixedJwkSource(byte[] json) {
        this.keys = KeyState.first(usable(json));
        this.anyKeyId = false;
    }

    /** The key of an issuer that has no other, whatever its tokens call it. */
    FixedJwkSource(Jwk only) {
        this.keys = KeyState.first(JwkSet.of(only));
        this.anyKeyId = true;
    }

    /** Returns a set with at least one usable key. */
    static JwkSet usable(byte[] json) {
        JwkSet set = JwkSet.parse(json);
        if (set.keys().isEmpty()) {
            throw new Malformed("it has no usable key; left out: " + set.ignored());
        }
        return set;
    }

    @Override
    public void warmUp(WhenUnreachable choice) {}

    @Override
    public void close() {}

    @Override
    KeyLookup find(@Nullable String keyId, JwsAlgorithm algorithm) {
        KeyLookup known = keys.find(anyKeyId ? null : keyId, algorithm);
        return known == null ? new KeyLookup.Unknown() : known;
    }

    @Override
    @Nullable KeyLookup fetchAgain(JwsAlgorithm algorithm) {
        return null;
    }

    @Override
    long generation() {
        return keys.generation();
    }
}
