package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.DecryptionKey;
import io.apiguard.authn.jose.HmacKeys;
import io.apiguard.authn.jose.JweDecrypter;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads key sets that must stay secret; unlike a set of public keys, one key that is wrong refuses the whole. */
final class SecretJwkSets {

    private SecretJwkSets() {}

    static HmacKeys shared(String json) {
        try {
            return HmacKeys.everyVerifierCanForge(json.getBytes(StandardCharsets.UTF_8));
        } catch (Malformed e) {
            throw new IllegalArgumentException("the set of shared secrets cannot be used: " + e.getMessage());
        }
    }

    static JweDecrypter decrypting(String json) {
        try {
            return new JweDecrypter(keys(StrictJson.object(json.getBytes(StandardCharsets.UTF_8))));
        } catch (Malformed e) {
            throw new IllegalArgumentException("the set of private keys cannot be used: " + e.getMessage());
        }
    }

    private static List<DecryptionKey> keys(Map<String, @Nullable Object> set) {
        if (!(set.get("keys") instanceof List<?> entries)) {
            throw new Malformed("a key set without an array 'keys'");
        }
        List<DecryptionKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            keys.add(DecryptionKey.of(members(entry)));
        }
        return keys;
    }

    @SuppressWarnings("unchecked") // StrictJson makes maps with strings as keys only
    private static Map<String, @Nullable Object> members(@Nullable Object entry) {
        if (entry instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new Malformed("a key that is not an object");
    }
}
