package io.apiguard.authn.apikey;

import java.util.Objects;

/**
 * A new API key: the key itself, to be shown to its owner once and never stored, and the record to store. {@code
 * toString} does not show the key.
 *
 * @param key the text of the key, a secret
 * @param stored what goes into the {@link ApiKeyStore}
 */
public record IssuedApiKey(String key, ApiKeyRecord stored) {

    /** Checks that both are there. */
    public IssuedApiKey {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(stored, "stored");
    }

    @Override
    public String toString() {
        return "IssuedApiKey[" + stored + "]";
    }
}
