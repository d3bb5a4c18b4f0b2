package io.apiguard.store;

import java.time.Instant;

/**
 * Remembers what may be used only once: the {@code jti} of proofs (RFC 9449 section 11.1), the {@code nonce} of signatures (RFC 9421 section
 * 7.2.2).
 *
 * <p>Implementations are thread-safe, bounded, and never forget a value before its time: what they have no room for they refuse.
 */
public interface ReplayStore {

    /**
     * Notes the use of a value, atomically.
     *
     * @param owner whose budget the value counts against, such as the fingerprint of a token, of at most 512 characters; part of what is
     *     told apart
     * @param value what may be used once, of at most 256 characters; what may be longer is to be digested first
     * @param until the instant from which the value is refused for its age anyway, so that it can be forgotten; at most 25 hours from
     *     now
     * @return whether this was its first use
     * @throws RuntimeException if the store cannot answer; the request is then answered with 503
     */
    Outcome use(String owner, String value, Instant until);

    /** What came of noting a use. */
    enum Outcome {
        /** The value was not used before; go on. */
        FIRST,
        /** The value was used before; refuse. */
        REPLAYED,
        /** There is no room to remember it; refuse. */
        FULL,
        /** Its owner has used as many as one may in that time; refuse. */
        OVER_QUOTA
    }
}
