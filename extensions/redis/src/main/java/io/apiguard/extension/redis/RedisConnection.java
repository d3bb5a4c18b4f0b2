package io.apiguard.extension.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;

/**
 * A connection to Redis for the stores of this package: it never keeps a caller longer than its time-out, refuses at
 * once while it is disconnected, and connects again by itself. One can be shared by all stores. Thread-safe.
 */
public final class RedisConnection implements AutoCloseable {

    /** How long a command may take if not set. */
    public static final Duration TIMEOUT = Duration.ofMillis(250);

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAXIMUM_QUEUE = 1000;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private RedisConnection(RedisClient client, StatefulRedisConnection<String, String> connection) {
        this.client = client;
        this.connection = connection;
    }

    /**
     * Connects, with a time-out of 250 milliseconds for each command.
     *
     * @param address such as {@code rediss://user:password@redis.example.com:6379}; its own time-out is not used
     * @return the connection, the caller's to close
     * @throws RedisUnavailableException if there is no Redis at the address
     */
    public static RedisConnection open(String address) {
        return open(address, TIMEOUT);
    }

    /**
     * Connects.
     *
     * @param address as {@link #open(String)} takes it
     * @param timeout for each command, more than zero and at most 5 seconds
     * @return the connection, the caller's to close
     * @throws IllegalArgumentException if the address is malformed or the time-out out of its bounds
     * @throws RedisUnavailableException if there is no Redis at the address
     */
    public static RedisConnection open(String address, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be more than zero and at most " + LONGEST_TIMEOUT);
        }
        RedisURI uri = parse(address);
        RedisClient client = RedisClient.create(uri);
        try {
            client.setOptions(options(timeout));
            return new RedisConnection(client, client.connect());
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, timeout);
            throw new RedisUnavailableException("no Redis answers at " + uri.getHost() + ":" + uri.getPort()
                    + "; start it, or check address and credentials");
        }
    }

    private static RedisURI parse(String address) {
        try {
            RedisURI uri = RedisURI.create(address);
            uri.setTimeout(CONNECT_TIMEOUT);
            return uri;
        } catch (IllegalArgumentException e) { // its message holds the address, and with it the password
            throw new IllegalArgumentException(
                    "the address of Redis is malformed; write it as rediss://user:password@host:port");
        }
    }

    private static ClientOptions options(Duration timeout) {
        return ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAXIMUM_QUEUE)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build();
    }

    /** Runs a script atomically; what it answers is a list of texts. */
    List<String> run(String script, List<String> keys, String... values) {
        try {
            return connection.sync().eval(script, ScriptOutputType.MULTI, keys.toArray(new String[0]), values);
        } catch (RedisException e) { // its message may hold what was sent
            throw new RedisUnavailableException(
                    "Redis did not answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Closes the connection. Has no effect the second time. */
    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
