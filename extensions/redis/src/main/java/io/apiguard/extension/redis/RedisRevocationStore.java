package io.apiguard.extension.redis;

import io.apiguard.store.Revocation;
import io.apiguard.store.RevocationStore;
import io.apiguard.store.RevocationsFullException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Revocations that all instances share, in Redis, numbered in the order they came.
 *
 * <p>Instances poll; nothing is lost by a connection that breaks, as it would be with publish and subscribe. A Redis
 * that lost its memory is noticed by its new name for itself, and read from its start; instances that run keep what they
 * know, but new ones cannot learn it, nor what a replica that took over had not heard of: run Redis with persistence,
 * and with {@code maxmemory-policy noeviction}. Thread-safe.
 */
public final class RedisRevocationStore implements RevocationStore {

    /**
     * Entries by number, and by the instant they are over. Numbers are microseconds, and grow: what a replica adds that took over without
     * the last entries comes after them all the same, so that no cursor stands behind it.
     */
    private static final String REVOKE = """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local dead = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1000)
            if #dead > 0 then
              redis.call('ZREM', KEYS[1], unpack(dead))
              redis.call('ZREM', KEYS[2], unpack(dead))
            end
            local ttl = tonumber(ARGV[2])
            if ttl <= 0 then return {'OVER'} end
            redis.call('SET', KEYS[4], t[1] .. '-' .. t[2], 'NX')
            if not redis.call('ZSCORE', KEYS[2], ARGV[1]) and redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then
              return {'FULL'}
            end
            local number = math.max(t[1] * 1000000 + t[2], tonumber(redis.call('GET', KEYS[3]) or 0) + 1)
            redis.call('SET', KEYS[3], string.format('%.0f', number))
            redis.call('ZADD', KEYS[1], string.format('%.0f', number), ARGV[1])
            redis.call('ZADD', KEYS[2], now + ttl, ARGV[1])
            return {'ADDED'}
            """;

    /** The server's name for itself, then numbers and entries in turn. */
    private static final String SINCE = """
            local epoch = redis.call('GET', KEYS[2]) or ''
            local from = ARGV[2]
            if epoch ~= ARGV[1] then from = '0' end
            local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. from, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
            table.insert(found, 1, from)
            table.insert(found, 1, epoch)
            return found
            """;

    private final RedisConnection redis;
    private final String prefix;
    private final int capacity;
    private final InstantSource clock;

    /**
     * Makes a store.
     *
     * @param redis the connection; stays the caller's to close
     * @param prefix what the names of keys begin with, such as {@code apiguard:revocations}
     * @param capacity how many entries there is room for, more than zero and at most what the lists that follow hold
     * @param clock tells how long an entry has still to be kept
     * @throws IllegalArgumentException if the capacity is not more than zero, or the prefix is blank
     */
    public RedisRevocationStore(RedisConnection redis, String prefix, int capacity, InstantSource clock) {
        if (prefix.isBlank() || capacity <= 0) {
            throw new IllegalArgumentException("prefix must not be blank and capacity must be more than zero");
        }
        this.redis = redis;
        this.prefix = "{" + prefix + "}";
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public void revoke(Revocation revocation) {
        List<String> answer = redis.run(
                REVOKE,
                List.of(prefix + ":entries", prefix + ":until", prefix + ":last", prefix + ":epoch"),
                RevocationText.write(revocation),
                Long.toString(left(revocation.until())),
                Integer.toString(capacity));
        if (answer.get(0).equals("FULL")) {
            throw new RevocationsFullException(capacity);
        }
    }

    /** Bounded, so that the sum with an instant stays exact in Lua's numbers. */
    private long left(Instant until) {
        long most = 1L << 45;
        Instant now = clock.instant();
        return until.isAfter(now.plusMillis(most)) ? most : until.toEpochMilli() + 1 - now.toEpochMilli();
    }

    @Override
    public Page since(String cursor) {
        String[] place = cursor.equals(START) ? new String[] {"", "0"} : cursor.split("/", -1);
        if (place.length != 2 || !place[1].matches("[0-9]{1,16}")) {
            throw new IllegalArgumentException("not a cursor of this store");
        }
        List<String> found = redis.run(
                SINCE,
                List.of(prefix + ":entries", prefix + ":epoch"),
                place[0],
                place[1],
                Integer.toString(Page.MAXIMUM_ENTRIES));
        return page(found);
    }

    private static Page page(List<String> found) {
        List<String> entries = found.subList(2, found.size());
        List<Revocation> read = IntStream.range(0, entries.size() / 2)
                .mapToObj(i -> RevocationText.read(entries.get(2 * i)))
                .toList();
        String last = entries.isEmpty() ? found.get(1) : entries.get(entries.size() - 1);
        return new Page(read, found.get(0) + "/" + last, read.size() == Page.MAXIMUM_ENTRIES);
    }
}
