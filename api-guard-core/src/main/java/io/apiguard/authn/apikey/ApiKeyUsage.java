package io.apiguard.authn.apikey;

import java.time.Instant;

/** Is told of every use of a good API key; {@link BatchedApiKeyUsage} keeps the last of each. */
@FunctionalInterface
public interface ApiKeyUsage {

    /**
     * A key was found good. Called on the thread of the request: must be thread-safe, must not wait for anything, and must not throw.
     *
     * @param id the key's public id
     * @param at when
     */
    void used(String id, Instant at);

    /** Returns one that does nothing. */
    static ApiKeyUsage none() {
        return (id, at) -> {};
    }
}
