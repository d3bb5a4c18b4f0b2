package io.apiguard.ratelimit;

import java.util.Objects;

/**
 * What one request takes from one limit, and from whose bucket.
 *
 * <p>Immutable and thread-safe. Buckets are told apart by limit, kind and value, so the address {@code 192.0.2.1} and a
 * subject of that name never share one.
 *
 * @param limit the limit
 * @param kind what the value is: that of the limit, or what stands in for it, such as the client address of a caller
 *     without an identity
 * @param value whose bucket it is; only verified content or the client address, since whoever chooses it chooses whose
 *     budget is spent. More than {@value RateLimiter#LONGEST_VALUE} characters are kept as a digest
 * @param cost how many tokens, 1 to the limit's requests
 */
public record Charge(Limit limit, LimitKey kind, String value, long cost) {

    /**
     * Checks the members.
     *
     * @throws IllegalArgumentException if the cost is out of its range
     */
    public Charge {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        if (cost < 1 || cost > limit.requests()) {
            throw new IllegalArgumentException(
                    "limit '" + limit.name() + "': a cost must be 1 to " + limit.requests() + ", not " + cost);
        }
    }

    /**
     * Returns a charge of one token by the limit's own key.
     *
     * @param limit the limit
     * @param value whose bucket it is
     * @return the charge
     */
    public static Charge of(Limit limit, String value) {
        return new Charge(limit, limit.by(), value, 1);
    }

    /**
     * Joins two values, such as issuer and subject, so that no other two give the same.
     *
     * @param first the first value
     * @param second the second value
     * @return the joined value
     */
    public static String joined(String first, String second) {
        return first.length() + ":" + first + second;
    }
}
