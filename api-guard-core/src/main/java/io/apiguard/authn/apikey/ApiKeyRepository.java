package io.apiguard.authn.apikey;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A store of API keys that can also be changed; {@link ApiKeyAdmin} is what operators and applications change it through.
 *
 * <p>Implementations must be thread-safe, and every method that changes something is atomic: others see all of it or none. A revoked
 * record is final: no change to it is taken, but its last use may still be noted. Any method may throw a {@link RuntimeException} if
 * the store does not answer.
 */
public interface ApiKeyRepository extends ApiKeyStore {

    /** How many records a page has at most, {@value}. */
    int LARGEST_PAGE = 1000;

    /**
     * Stores a new record.
     *
     * @param record what to store
     * @return whether it was stored; {@code false} if there is one of that id, which is left as it is
     * @throws IllegalStateException if there is no room for one more
     */
    boolean insert(ApiKeyRecord record);

    /**
     * Changes a record that nobody else has changed since it was read. What is stored has the next version and keeps the time of last
     * use.
     *
     * @param expected the record as it was read
     * @param changed the same record, changed in grant, enabled, revokedAt or replacedBy
     * @return whether it was changed; {@code false} if there is none of that id and version, or it is revoked
     * @throws IllegalArgumentException if the two have different ids
     */
    boolean update(ApiKeyRecord expected, ApiKeyRecord changed);

    /**
     * Changes a record as {@link #update} does, and stores its successor; both or neither.
     *
     * @param expected the record as it was read
     * @param changed the same record, replaced
     * @param successor a new record
     * @return whether both were done; {@code false} if either could not be
     * @throws IllegalArgumentException if the first two have different ids
     * @throws IllegalStateException if there is no room for one more
     */
    boolean rotate(ApiKeyRecord expected, ApiKeyRecord changed, ApiKeyRecord successor);

    /**
     * Returns records in the order of their ids, as the store sorts them.
     *
     * @param after the id of the last record of the page before, or the empty text for the first page
     * @param limit how many at most, 1 to {@value #LARGEST_PAGE}
     * @return the page, unmodifiable; shorter than the limit only if it is the last one
     * @throws IllegalArgumentException if the limit is out of bounds
     */
    List<ApiKeyRecord> list(String after, int limit);

    /**
     * Notes when keys were last used. An id that is not stored is passed over, and so is a time before the one noted.
     *
     * @param lastUsed when each was last used, by id
     */
    void touch(Map<String, Instant> lastUsed);
}
