package io.apiguard.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Remembers in memory what was used once, for a service of one instance; what one instance saw, another does not know.
 *
 * <p>Bounded by count and by count per owner. Room comes back when values reach the end of their time, and never by
 * forgetting one that could still be replayed: when there is none, the answer is {@link ReplayStore.Outcome#FULL}. A
 * value whose time is already over counts as used. With short values a million of them take about 200 MB.
 *
 * <p>Thread-safe; a use costs a few steps in a heap under one lock.
 */
public final class InMemoryReplayStore implements ReplayStore {

    private static final int MAXIMUM_VALUES = 10_000_000;
    private static final int MAXIMUM_OWNER = 512;
    private static final int MAXIMUM_VALUE = 256;

    /** What is good for a day, and the clocks of both sides. */
    private static final Duration LONGEST_MEMORY = Duration.ofHours(25);

    private final int capacity;
    private final int quota;
    private final InstantSource clock;
    private final Map<String, Set<String>> used = new HashMap<>();
    private final PriorityQueue<Use> ends = new PriorityQueue<>(Comparator.comparing(Use::until));

    /**
     * Makes an empty store.
     *
     * @param capacity how many values are remembered at once, 1 to 10,000,000
     * @param quota how many of them one owner may have, 1 to {@code capacity}
     * @param clock what tells when values reach the end of their time
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    public InMemoryReplayStore(int capacity, int quota, InstantSource clock) {
        if (capacity < 1 || capacity > MAXIMUM_VALUES || quota < 1 || quota > capacity) {
            throw new IllegalArgumentException("a replay store needs a capacity of 1 to " + MAXIMUM_VALUES
                    + " and a quota per owner of 1 to that capacity; they are " + capacity + " and " + quota);
        }
        this.capacity = capacity;
        this.quota = quota;
        this.clock = clock;
    }

    private record Use(String owner, String value, Instant until) {}

    @Override
    public Outcome use(String owner, String value, Instant until) {
        Instant now = clock.instant();
        check(owner, value, until, now);
        if (!now.isBefore(until)) {
            return Outcome.REPLAYED;
        }
        synchronized (this) {
            reclaim(now);
            return note(new Use(owner, value, until));
        }
    }

    private static void check(String owner, String value, Instant until, Instant now) {
        if (owner.length() > MAXIMUM_OWNER || value.length() > MAXIMUM_VALUE) {
            throw new IllegalArgumentException("an owner has at most " + MAXIMUM_OWNER + " characters and a value "
                    + MAXIMUM_VALUE + "; digest what may be longer");
        }
        if (until.isAfter(now.plus(LONGEST_MEMORY))) {
            throw new IllegalArgumentException("a value is remembered for at most " + LONGEST_MEMORY);
        }
    }

    private Outcome note(Use use) {
        Set<String> values = used.getOrDefault(use.owner, Set.of());
        if (values.contains(use.value)) {
            return Outcome.REPLAYED;
        }
        if (values.size() >= quota) {
            return Outcome.OVER_QUOTA;
        }
        if (ends.size() >= capacity) {
            return Outcome.FULL;
        }
        used.computeIfAbsent(use.owner, owner -> new HashSet<>()).add(use.value);
        ends.add(use);
        return Outcome.FIRST;
    }

    private void reclaim(Instant now) {
        for (Use first = ends.peek(); first != null && !now.isBefore(first.until); first = ends.peek()) {
            ends.remove();
            forget(first);
        }
    }

    private void forget(Use use) {
        used.computeIfPresent(use.owner, (owner, values) -> {
            values.remove(use.value);
            return values.isEmpty() ? null : values;
        });
    }

    /** Returns how many values are remembered, those at the end of their time left out. */
    public synchronized int size() {
        reclaim(clock.instant());
        return ends.size();
    }
}
