package io.apiguard.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps revocations in this process alone: for one instance, and for tests. They are lost when the process ends, so that
 * what was revoked and has not expired is good again after a restart.
 *
 * <p>Thread-safe.
 */
public final class InMemoryRevocationStore implements RevocationStore {

    private final int capacity;
    private final InstantSource clock;

    /** Guards the fields below it. */
    private final Object lock = new Object();

    private final TreeMap<Long, Revocation> entries = new TreeMap<>();
    private long last;

    /**
     * Makes an empty store.
     *
     * @param capacity how many entries there is room for, more than zero
     * @param clock tells when entries are over
     */
    public InMemoryRevocationStore(int capacity, InstantSource clock) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity must be more than zero, not " + capacity);
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public void revoke(Revocation revocation) {
        Instant now = clock.instant();
        if (!now.isBefore(revocation.until())) {
            return;
        }
        synchronized (lock) {
            if (entries.size() >= capacity) {
                entries.values().removeIf(entry -> !now.isBefore(entry.until()));
            }
            if (entries.size() >= capacity) {
                throw new RevocationsFullException(capacity);
            }
            entries.put(++last, revocation);
        }
    }

    @Override
    public Page since(String cursor) {
        long from = cursor.equals(START) ? 0 : Long.parseLong(cursor);
        List<Revocation> page = new ArrayList<>();
        synchronized (lock) {
            long end = from;
            for (Map.Entry<Long, Revocation> entry :
                    entries.tailMap(from, false).entrySet()) {
                if (page.size() == Page.MAXIMUM_ENTRIES) {
                    return new Page(page, Long.toString(end), true);
                }
                page.add(entry.getValue());
                end = entry.getKey();
            }
            return new Page(page, Long.toString(end), false);
        }
    }
}
