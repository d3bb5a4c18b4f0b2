package io.apiguard.extension.redis;

import io.apiguard.store.ReplayStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/**
 * Used-once values that all instances share, in Redis.
 *
 * <p>One script decides and notes at once, by the server's own clock. Which value is over, each instance says by its own,
 * so that a value is remembered for ten seconds longer: the clocks of instances may differ by as much. A Redis that loses
 * its memory, or fails over to a replica that lags, forgets uses: run it with persistence, and with
 * {@code maxmemory-policy noeviction}, so that a full server refuses rather than forgets. A value whose time is already
 * over counts as used. On Redis Cluster all values are on one node. Thread-safe.
 */
public final class RedisReplayStore implements ReplayStore {

    private static final int MAXIMUM_VALUE = 256;
    private static final Duration LONGEST_MEMORY = Duration.ofHours(25);

    /** How far the clocks of instances may differ: what is over to one may be good to another. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    /** In milliseconds: what the fractions cut off here and by the script come to, so that nothing is forgotten too early. */
    private static final int ROUNDING = 2;

    /** What is over goes first; then room is counted, and the value noted where it was not known. */
    private static final String SCRIPT = """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if score and tonumber(score) > now then return {'REPLAYED'} end
            local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1000)
            if #dead > 0 then redis.call('ZREM', KEYS[1], unpack(dead)) end
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
            local ttl = tonumber(ARGV[2])
            if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return {'OVER_QUOTA'} end
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return {'FULL'} end
            redis.call('ZADD', KEYS[1], now + ttl + tonumber(ARGV[5]), ARGV[1])
            redis.call('ZADD', KEYS[2], now + ttl, ARGV[1])
            local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
            redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', tonumber(last[2]) + 1))
            return {'FIRST'}
            """;

    private final RedisConnection redis;
    private final String prefix;
    private final int quota;
    private final int capacity;
    private final InstantSource clock;

    /**
     * Makes a store.
     *
     * @param redis the connection; stays the caller's to close
     * @param prefix what the names of keys begin with, such as {@code apiguard:dpop}; one for each use
     * @param quota how many values one owner may have at a time, more than zero
     * @param capacity how many values there is room for in all, each ten seconds beyond its time; not less than the quota
     * @param clock tells how long a value has still to be kept
     * @throws IllegalArgumentException if a bound is wrong, or the prefix is blank
     */
    public RedisReplayStore(RedisConnection redis, String prefix, int quota, int capacity, InstantSource clock) {
        if (prefix.isBlank() || quota <= 0 || capacity < quota) {
            throw new IllegalArgumentException(
                    "prefix must not be blank, quota must be more than zero, and capacity not less than quota");
        }
        this.redis = redis;
        this.prefix = "{" + prefix + "}";
        this.quota = quota;
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public Outcome use(String owner, String value, Instant until) {
        Instant now = clock.instant();
        check(value, until, now);
        if (!now.isBefore(until)) {
            return Outcome.REPLAYED;
        }
        return note(digest(owner), digest(value), Duration.between(now, until).toMillis() + ROUNDING);
    }

    private static void check(String value, Instant until, Instant now) {
        if (value.length() > MAXIMUM_VALUE) {
            throw new IllegalArgumentException("a value has at most " + MAXIMUM_VALUE + " characters; digest it first");
        }
        if (until.isAfter(now.plus(LONGEST_MEMORY))) {
            throw new IllegalArgumentException("a value is remembered for at most " + LONGEST_MEMORY);
        }
    }

    private Outcome note(String owner, String value, long left) {
        List<String> answer = redis.run(
                SCRIPT,
                List.of(prefix + ":all", prefix + ":of:" + owner),
                owner + ":" + value,
                Long.toString(left),
                Integer.toString(quota),
                Integer.toString(capacity),
                Long.toString(CLOCKS.toMillis()));
        return Outcome.valueOf(answer.get(0));
    }

    /** Names from outside have any length and content; their digests have one. */
    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every one must have", e);
        }
    }
}
