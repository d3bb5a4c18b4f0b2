package io.apiguard.authn.introspection;

import java.time.Duration;
import java.util.Locale;

/** What {@link IntrospectionVerifier#verify(String)} found: the token is good, it is not, or that cannot be known now. */
public sealed interface IntrospectionResult {

    /**
     * The issuer says that the token is active, and it is meant for this service.
     *
     * @param token what the issuer says of it
     */
    record Valid(IntrospectedToken token) implements IntrospectionResult {}

    /**
     * The token is refused; the caller needs another one (401).
     *
     * @param reason which rule it breaks; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the token
     */
    record Invalid(Reason reason, String detail) implements IntrospectionResult {}

    /**
     * The token cannot be judged now, because the issuer cannot be asked (503). It says nothing about the token.
     *
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unavailable(String detail, Duration retryAfter) implements IntrospectionResult {}

    /** The rule that an invalid token breaks. */
    enum Reason {
        /** It is not of the syntax of a bearer token (RFC 6750 section 2.1). */
        MALFORMED,
        /** It is longer than permitted. */
        TOO_LARGE,
        /** The issuer says that it is not active: unknown, expired, revoked, or not for this service. */
        INACTIVE,
        /** It is neither a bearer token nor bound by DPoP, or not known to be an access token. */
        TYPE,
        /** It is of another issuer. */
        ISSUER,
        /** It is for another audience. */
        AUDIENCE,
        /** It has expired. */
        EXPIRED,
        /** It is not valid yet, or was issued in the future. */
        NOT_YET_VALID,
        /** What the issuer says of it lacks something, or has it of the wrong type. */
        CLAIM;

        /** Returns the stable code, such as {@code token.expired}. */
        public String code() {
            return "token." + name().toLowerCase(Locale.ROOT);
        }
    }
}
