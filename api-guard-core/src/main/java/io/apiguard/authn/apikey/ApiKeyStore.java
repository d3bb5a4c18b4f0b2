package io.apiguard.authn.apikey;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the records of API keys are.
 *
 * <p>Implementations must be thread-safe. They are asked on the path of every request with a well-formed key, so one
 * that asks a database belongs behind a {@link CachingApiKeyStore}. {@link ApiKeyRepository} is a store that can be changed.
 */
@FunctionalInterface
public interface ApiKeyStore {

    /**
     * Returns the record of a key, enabled or not, or empty if there is none.
     *
     * @param id the key's public id, 16 letters and digits
     * @throws RuntimeException if the store cannot answer; the caller is then answered with 503
     */
    Optional<ApiKeyRecord> find(String id);

    /**
     * Returns a store of the given records, which never changes.
     *
     * @param records any number; copied
     * @throws IllegalStateException if two have the same id
     */
    static ApiKeyStore of(Collection<ApiKeyRecord> records) {
        Map<String, ApiKeyRecord> byId =
                records.stream().collect(Collectors.toUnmodifiableMap(ApiKeyRecord::id, Function.identity()));
        return id -> Optional.ofNullable(byId.get(id));
    }
}
