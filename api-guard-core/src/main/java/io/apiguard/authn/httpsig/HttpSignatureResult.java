package io.apiguard.authn.httpsig;

import java.time.Duration;
import java.util.Locale;

/** What {@link HttpSignatureVerifier#verify} found: the signature is good, it is not, or that cannot be known now. */
public sealed interface HttpSignatureResult {

    /**
     * The signature is genuine, covers what it must, and is valid now.
     *
     * @param signature the verified signature
     */
    record Valid(VerifiedSignature signature) implements HttpSignatureResult {}

    /**
     * The message is refused (401).
     *
     * @param reason which rule it breaks; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the message
     */
    record Invalid(Reason reason, String detail) implements HttpSignatureResult {}

    /**
     * The signature cannot be judged now, because its key or the store of nonces cannot be had, or the store is full (503). That
     * says nothing about the message.
     *
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unavailable(String detail, Duration retryAfter) implements HttpSignatureResult {}

    /** The rule that a message breaks. */
    enum Reason {
        /** There is no signature, or none of the demanded label or tag. */
        MISSING,
        /** There are several signatures, and nothing says which is meant. */
        AMBIGUOUS,
        /** The fields are not strict, a component has no value, or a parameter is not understood. */
        MALFORMED,
        /** The fields are longer than permitted. */
        TOO_LARGE,
        /** It does not cover what it must. */
        COMPONENTS,
        /** It lacks a parameter that is demanded. */
        PARAMETERS,
        /** It names a key that is not known. */
        UNKNOWN_KEY,
        /** It names another algorithm than its key's. */
        ALGORITHM,
        /** It is wrong. */
        SIGNATURE,
        /** It has expired, or is older than permitted. */
        EXPIRED,
        /** It was created in the future. */
        NOT_YET_VALID,
        /** Its nonce was used before. */
        REPLAYED,
        /** Its signer has used too many nonces (429). */
        REPLAY_CAPACITY;

        /** Returns the stable code, such as {@code signature.expired}. */
        public String code() {
            return "signature." + name().toLowerCase(Locale.ROOT);
        }
    }
}
