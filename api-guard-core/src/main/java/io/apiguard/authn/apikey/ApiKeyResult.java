package io.apiguard.authn.apikey;

import io.apiguard.identity.Identity;
import java.time.Duration;
import java.util.Locale;

/** What {@link ApiKeys#verify(String, io.apiguard.http.IpAddress)} found: the key is good, it is not, or that cannot be known now. */
public sealed interface ApiKeyResult {

    /**
     * The key is genuine and may be used now.
     *
     * @param identity who the key speaks for
     */
    record Valid(Identity identity) implements ApiKeyResult {}

    /**
     * The key is refused (401).
     *
     * @param reason why; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the key but its public id
     */
    record Invalid(Reason reason, String detail) implements ApiKeyResult {}

    /**
     * The key cannot be judged now, because the store does not answer (503).
     *
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unavailable(String detail, Duration retryAfter) implements ApiKeyResult {}

    /** Why a key is refused. */
    enum Reason {
        /** It is no key of this service, or was mistyped: the checksum is wrong. */
        MALFORMED,
        /** There is no key of that id. */
        UNKNOWN,
        /** There is a key of that id, with another secret. */
        WRONG,
        /** The version of the secret it was hashed with is not known any more. */
        RETIRED,
        /** It has been disabled. */
        DISABLED,
        /** It has been revoked, for good. */
        REVOKED,
        /** It has expired. */
        EXPIRED,
        /** It is not allowed from the client's address, or that address is not known. */
        ADDRESS;

        /** Returns the stable code, such as {@code api_key.expired}. */
        public String code() {
            return "api_key." + name().toLowerCase(Locale.ROOT);
        }
    }
}
