package io.apiguard.authn.jose;

import java.util.ArrayList;
import java.util.List;

/** Secrets shared with one issuer, told apart by their ids. Immutable and thread-safe. */
public final class HmacKeys {

    private static final int MAXIMUM_KEYS = 16;

    private final List<HmacKey> keys;

    private HmacKeys(List<HmacKey> keys) {
        this.keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAXIMUM_KEYS) {
            throw new Malformed("no shared secret, or more than " + MAXIMUM_KEYS);
        }
        long ids = keys.stream().map(HmacKey::keyId).distinct().count();
        if (ids < keys.size()) {
            throw new Malformed("shared secrets of the same 'kid', or several without one");
        }
    }

    /**
     * Joins secrets, with each of which every verifier can forge tokens.
     *
     * @param keys at most 16, no two of the same id
     * @throws Malformed if there are none, too many, or two of the same id
     */
    public static HmacKeys everyVerifierCanForge(List<HmacKey> keys) {
        return new HmacKeys(keys);
    }

    /**
     * Reads a set of secrets, with each of which every verifier can forge tokens. A set that mixes them with public keys
     * is refused whole, since it was published or is about to be.
     *
     * @param utf8 a JWK set of type {@code oct} alone
     * @throws Malformed if one of its keys is refused
     */
    public static HmacKeys everyVerifierCanForge(byte[] utf8) {
        if (!(StrictJson.object(utf8).get("keys") instanceof List<?> entries) || entries.size() > MAXIMUM_KEYS) {
            throw new Malformed("a key set without an array 'keys', or of more than " + MAXIMUM_KEYS + " keys");
        }
        List<HmacKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            keys.add(HmacKey.everyVerifierCanForge(JwkSet.members(entry)));
        }
        return new HmacKeys(keys);
    }

    /** Returns whether a token was made with one of the secrets: the one that it names, if it names one. */
    public boolean verify(CompactJws jws) {
        for (HmacKey key : keys) {
            if (key.verify(jws)) {
                return true;
            }
        }
        return false;
    }
}
