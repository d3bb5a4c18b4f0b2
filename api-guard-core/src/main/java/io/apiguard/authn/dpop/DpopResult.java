package io.apiguard.authn.dpop;

import java.util.Locale;

/** What {@link DpopVerifier#verify} found: the proof fits its request and token, it does not, or it needs a nonce. */
public sealed interface DpopResult {

    /**
     * The proof is right for the request and the token; next the token is to be verified, and then the proof confirmed.
     *
     * @param proof the proof
     */
    record Valid(DpopProof proof) implements DpopResult {}

    /**
     * The proof is refused: 401 with the error {@code invalid_dpop_proof} (RFC 9449 section 7.1).
     *
     * @param reason which rule it breaks; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the proof
     */
    record Invalid(Reason reason, String detail) implements DpopResult {}

    /**
     * The proof is right but for its nonce, which is missing or not current: 401 with the error {@code use_dpop_nonce}
     * and the field {@code DPoP-Nonce} (section 9).
     *
     * @param nonce what the field is to say
     */
    record NonceRequired(String nonce) implements DpopResult {}

    /** The rule that an invalid proof breaks. */
    enum Reason {
        /** There is no DPoP field. */
        MISSING,
        /** There are several DPoP fields. */
        SEVERAL,
        /** It is longer than permitted. */
        TOO_LARGE,
        /** It is not a JWT in compact form, or its JSON or base64url is not strict. */
        MALFORMED,
        /** Its header's {@code typ} is not {@code dpop+jwt}. */
        TYPE,
        /** It is signed with an algorithm that is not permitted, or that its key is not for. */
        ALGORITHM,
        /** Its header's {@code jwk} is missing, no sound public key, or gives a private key away. */
        KEY,
        /** Its signature is wrong. */
        SIGNATURE,
        /** A claim is missing or of the wrong type. */
        CLAIM,
        /** It is for another method ({@code htm}). */
        METHOD,
        /** It is for another URI ({@code htu}). */
        URI,
        /** It is for another access token, or for none ({@code ath}). */
        TOKEN,
        /** It was made too long ago ({@code iat}). */
        EXPIRED,
        /** It was made in the future ({@code iat}). */
        NOT_YET_VALID;

        /** Returns the stable code, such as {@code dpop.expired}. */
        public String code() {
            return "dpop." + name().toLowerCase(Locale.ROOT);
        }
    }
}
