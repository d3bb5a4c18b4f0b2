package io.apiguard.authn.apikey;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * API keys in this process's memory, gone when it ends; for tests and for applications that load them elsewhere. Ids sort as texts do.
 *
 * <p>Bounded and thread-safe; readers never wait for writers.
 */
public final class InMemoryApiKeyRepository implements ApiKeyRepository {

    private final int maximum;
    private final ConcurrentNavigableMap<String, ApiKeyRecord> records = new ConcurrentSkipListMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private int size;

    private InMemoryApiKeyRepository(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Returns an empty repository.
     *
     * @param maximum how many keys it holds at most, 1 to 10,000,000
     * @throws IllegalArgumentException if that is out of bounds
     */
    public static InMemoryApiKeyRepository ofAtMost(int maximum) {
        if (maximum < 1 || maximum > 10_000_000) {
            throw new IllegalArgumentException("a repository in memory holds 1 to 10000000 API keys, not " + maximum);
        }
        return new InMemoryApiKeyRepository(maximum);
    }

    @Override
    public Optional<ApiKeyRecord> find(String id) {
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        writing.lock();
        try {
            return add(record);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean update(ApiKeyRecord expected, ApiKeyRecord changed) {
        sameId(expected, changed);
        writing.lock();
        try {
            ApiKeyRecord stored = changeable(expected);
            return stored != null && put(next(stored, changed));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean rotate(ApiKeyRecord expected, ApiKeyRecord changed, ApiKeyRecord successor) {
        sameId(expected, changed);
        writing.lock();
        try {
            ApiKeyRecord stored = changeable(expected);
            return stored != null && add(successor) && put(next(stored, changed));
        } finally {
            writing.unlock();
        }
    }

    private boolean add(ApiKeyRecord record) {
        if (records.containsKey(record.id())) {
            return false;
        }
        if (size >= maximum) {
            throw new IllegalStateException("there is no room for more than " + maximum + " API keys in memory");
        }
        size++;
        return put(record);
    }

    private boolean put(ApiKeyRecord record) {
        records.put(record.id(), record);
        return true;
    }

    private @Nullable ApiKeyRecord changeable(ApiKeyRecord expected) {
        ApiKeyRecord stored = records.get(expected.id());
        boolean same = stored != null && stored.version() == expected.version() && stored.revokedAt() == null;
        return same ? stored : null;
    }

    private static ApiKeyRecord next(ApiKeyRecord stored, ApiKeyRecord changed) {
        ApiKeyRecord next = changed.atVersion(stored.version() + 1);
        return stored.lastUsedAt() == null ? next : next.usedAt(stored.lastUsedAt());
    }

    private static void sameId(ApiKeyRecord expected, ApiKeyRecord changed) {
        if (!expected.id().equals(changed.id())) {
            throw new IllegalArgumentException("an API key keeps its id: change the record that was read");
        }
    }

    @Override
    public List<ApiKeyRecord> list(String after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " API keys, not " + limit);
        }
        return records.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public void touch(Map<String, Instant> lastUsed) {
        writing.lock();
        try {
            lastUsed.forEach((id, at) -> records.computeIfPresent(id, (same, stored) -> touched(stored, at)));
        } finally {
            writing.unlock();
        }
    }

    private static ApiKeyRecord touched(ApiKeyRecord stored, Instant at) {
        Instant before = stored.lastUsedAt();
        return before == null || before.isBefore(at) ? stored.usedAt(at) : stored;
    }
}
