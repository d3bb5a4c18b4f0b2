package io.apiguard.identity;

import java.util.Objects;

/**
 * What a caller presented, not yet believed.
 *
 * <p>Immutable and thread-safe. {@code toString} never shows the secret.
 */
public sealed interface Credential {

    /**
     * Returns the presented text, a secret: hand it to a verifier and to nothing else.
     */
    String secret();

    /**
     * A bearer token (RFC 6750 section 2.1).
     *
     * @param secret the token as received
     */
    record BearerToken(String secret) implements Credential {
        /** Checks that there is a token. */
        public BearerToken {
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public String toString() {
            return "BearerToken[" + secret.length() + " characters]";
        }
    }

    /**
     * An API key, presented in its own header field.
     *
     * @param secret the key as received
     */
    record ApiKey(String secret) implements Credential {
        /** Checks that there is a key. */
        public ApiKey {
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public String toString() {
            return "ApiKey[" + secret.length() + " characters]";
        }
    }
}
