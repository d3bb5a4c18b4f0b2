package io.apiguard.authn.httpsig;

import java.util.Map;
import java.util.Optional;

/** Where the keys of signers are looked up. Implementations are thread-safe, and bounded in time. */
@FunctionalInterface
public interface HttpSignatureKeys {

    /**
     * Returns the key of an id.
     *
     * @param keyId the id a signature names, from outside and not yet believed; at most 256 visible ASCII characters and spaces
     * @return the key, or nothing if there is none of that id
     * @throws RuntimeException if that cannot be known now; the request is then answered with 503
     */
    Optional<HttpSignatureKey> find(String keyId);

    /**
     * Returns the lookup in a fixed set of keys.
     *
     * @param keys by id; copied
     */
    static HttpSignatureKeys of(Map<String, HttpSignatureKey> keys) {
        Map<String, HttpSignatureKey> copy = Map.copyOf(keys);
        return keyId -> Optional.ofNullable(copy.get(keyId));
    }
}
