package io.apiguard.authn.jwt;

import java.time.Duration;
import java.util.Locale;

/** What {@link JwtVerifier#verify(String)} found: the token is good, it is not, or that cannot be known now. */
public sealed interface JwtResult {

    /**
     * The token is genuine, meant for this service, and valid now.
     *
     * @param token the verified token
     */
    record Valid(VerifiedJwt token) implements JwtResult {}

    /**
     * The token is refused; the caller needs another one (401).
     *
     * @param reason which rule it breaks; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the token
     */
    record Invalid(Reason reason, String detail) implements JwtResult {}

    /**
     * The token cannot be judged now, because the issuer's keys cannot be had (503). It says nothing about the token.
     *
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unavailable(String detail, Duration retryAfter) implements JwtResult {}

    /** The rule that an invalid token breaks. */
    enum Reason {
        /** It is not a JWT in compact form, or its JSON or base64url is not strict. */
        MALFORMED,
        /** It is longer than permitted. */
        TOO_LARGE,
        /** It is signed with an algorithm that is not permitted, or that its key is not for. */
        ALGORITHM,
        /** Its header's {@code typ} is not that of an access token. */
        TYPE,
        /** It names a key that the issuer does not have, or none where the issuer has many. */
        UNKNOWN_KEY,
        /** Its signature is wrong. */
        SIGNATURE,
        /** It is of another issuer. */
        ISSUER,
        /** It is for another audience. */
        AUDIENCE,
        /** It has expired. */
        EXPIRED,
        /** It is not valid yet, or was issued in the future. */
        NOT_YET_VALID,
        /** It is valid for longer than permitted. */
        LIFETIME,
        /** A claim is missing or of the wrong type. */
        CLAIM,
        /** It is an ID token, a refresh token or a logout token. */
        NOT_ACCESS_TOKEN,
        /**
         * It is bound to a key of its holder ({@code cnf}), so that it is no bearer token (RFC 7800 section 3), or it
         * is bound in a way that is not understood.
         */
        SENDER_CONSTRAINED;

        /** Returns the stable code, such as {@code token.expired}. */
        public String code() {
            return "token." + name().toLowerCase(Locale.ROOT);
        }
    }
}
