package io.apiguard.authn.dpop;

import java.time.Duration;
import java.util.Locale;

/** What {@link DpopVerifier#confirm} found: the proof is of the token's key and new, it is not, or that cannot be known. */
public sealed interface DpopConfirmation {

    /** The sender holds the token's key, and the proof was not used before. */
    record Accepted() implements DpopConfirmation {}

    /**
     * The proof is refused.
     *
     * @param reason which rule it breaks; for audit and metrics
     * @param detail one sentence for the operator, which never holds a part of proof or token
     */
    record Refused(Reason reason, String detail) implements DpopConfirmation {}

    /**
     * Whether the proof was used before cannot be known or remembered now (503). It says nothing about the proof.
     *
     * @param reason {@link Reason#STORE_FULL} or {@link Reason#STORE_UNAVAILABLE}
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unavailable(Reason reason, String detail, Duration retryAfter) implements DpopConfirmation {}

    /** Why a proof is not accepted. */
    enum Reason {
        /** The token is bound to another key, or to none (401). */
        KEY_MISMATCH,
        /** The proof was used before (401). */
        REPLAYED,
        /** The token was used with more proofs than one may be in their time (429). */
        OVER_QUOTA,
        /** The store has no room to remember the proof (503). */
        STORE_FULL,
        /** The store does not answer (503). */
        STORE_UNAVAILABLE;

        /** Returns the stable code, such as {@code dpop.replayed}. */
        public String code() {
            return "dpop." + name().toLowerCase(Locale.ROOT);
        }
    }
}
