package io.apiguard.authn.jose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The usable keys of a JWK set (RFC 7517 section 5). Keys that cannot be used are left out with a reason, as section 5
 * asks, and so is every key whose id is not its own alone. Immutable and thread-safe.
 */
public final class JwkSet {

    private static final int MAXIMUM_KEYS = 100;

    private final List<Jwk> keys;
    private final Map<String, Integer> ignored;

    private JwkSet(List<Jwk> keys, Map<String, Integer> ignored) {
        this.keys = List.copyOf(keys);
        this.ignored = Map.copyOf(ignored);
    }

    /**
     * Reads a key set.
     *
     * @param utf8 the JSON document
     * @throws Malformed if it is no key set, or has more than 100 keys
     */
    public static JwkSet parse(byte[] utf8) {
        if (!(StrictJson.object(utf8).get("keys") instanceof List<?> entries)) {
            throw new Malformed("a key set without an array 'keys'");
        }
        if (entries.size() > MAXIMUM_KEYS) {
            throw new Malformed("a key set of more than " + MAXIMUM_KEYS + " keys");
        }
        Map<String, Integer> ignored = new TreeMap<>();
        List<Jwk> keys = new ArrayList<>();
        for (Object entry : entries) {
            addUsable(entry, keys, ignored);
        }
        return new JwkSet(unambiguous(keys, ignored), ignored);
    }

    /** Returns a set of one key. */
    public static JwkSet of(Jwk key) {
        return new JwkSet(List.of(key), Map.of());
    }

    private static void addUsable(@Nullable Object entry, List<Jwk> keys, Map<String, Integer> ignored) {
        try {
            Jwk key = Jwk.of(members(entry));
            if (keys.stream().noneMatch(key::sameAs)) {
                keys.add(key);
            }
        } catch (Malformed e) {
            ignored.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
        }
    }

    @SuppressWarnings("unchecked") // StrictJson makes maps with strings as keys only
    static Map<String, @Nullable Object> members(@Nullable Object entry) {
        if (entry instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new Malformed("a key that is not an object");
    }

    /** Two keys may share an id if no algorithm can be checked with both. */
    private static List<Jwk> unambiguous(List<Jwk> keys, Map<String, Integer> ignored) {
        List<Jwk> kept = new ArrayList<>();
        for (Jwk key : keys) {
            if (keys.stream().noneMatch(other -> clash(key, other))) {
                kept.add(key);
            } else {
                ignored.merge("a key that shares its 'kid' with another", 1, Integer::sum);
            }
        }
        return kept;
    }

    private static boolean clash(Jwk key, Jwk other) {
        return key != other
                && key.keyId() != null
                && key.keyId().equals(other.keyId())
                && key.algorithms().stream().anyMatch(other::allows);
    }

    /** Returns the usable keys in the order of the document. */
    public List<Jwk> keys() {
        return keys;
    }

    /** Returns why keys were left out, and how many for each reason. */
    public Map<String, Integer> ignored() {
        return ignored;
    }

    /** Returns whether a usable key has the given id. */
    public boolean has(String keyId) {
        for (Jwk key : keys) {
            if (keyId.equals(key.keyId())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the keys that a signature may be checked with.
     *
     * @param keyId the id that the token names, or {@code null} for every key that allows the algorithm
     * @param algorithm the algorithm that the token names
     */
    public List<Jwk> suiting(@Nullable String keyId, JwsAlgorithm algorithm) {
        List<Jwk> suiting = new ArrayList<>(1);
        for (Jwk key : keys) {
            if ((keyId == null || keyId.equals(key.keyId())) && key.allows(algorithm)) {
                suiting.add(key);
            }
        }
        return Collections.unmodifiableList(suiting);
    }

    /** Returns whether every key of this set is in the other one too, unchanged. */
    public boolean within(JwkSet other) {
        return keys.stream().allMatch(key -> other.keys.stream().anyMatch(key::sameAs));
    }
}
