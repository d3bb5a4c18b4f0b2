package io.apiguard.authn.jose;

import org.jspecify.annotations.Nullable;

/** The algorithms of shared secrets (RFC 7518 section 3.2), apart from those of signatures on purpose. */
public enum HmacAlgorithm {
    /** HMAC with SHA-256. */
    HS256(32),
    /** HMAC with SHA-384. */
    HS384(48),
    /** HMAC with SHA-512. */
    HS512(64);

    private final int size;

    HmacAlgorithm(int size) {
        this.size = size;
    }

    /** Returns the name in the {@code alg} parameter, case-sensitive. */
    public String id() {
        return name();
    }

    /** Returns the algorithm of the given name, or {@code null} if it is not one of these. */
    public static @Nullable HmacAlgorithm of(String id) {
        for (HmacAlgorithm algorithm : values()) {
            if (algorithm.id().equals(id)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The bytes of the hash, and the fewest of a secret (RFC 7518 section 3.2). */
    int size() {
        return size;
    }

    String standardName() {
        return "HmacSHA" + name().substring(2);
    }
}
