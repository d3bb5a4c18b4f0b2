package io.apiguard.extension.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import redis.embedded.RedisServer;

/** A Redis of the test's own on a free port of loopback, which can be frozen and restarted. */
final class Redis implements AutoCloseable {

    private final int port;
    private RedisServer server;

    Redis() throws IOException {
        this.port = freePort();
        start();
    }

    /** A port of loopback that nothing listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Tries again, for ten seconds at most, until the connection is there. */
    static <T> T eventually(Supplier<T> call) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                return call.get();
            } catch (RedisUnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Asks the server for its own time, by which the stores count, until that much is over. */
    static void passes(RedisConnection connection, Duration time) {
        Instant end = time(connection).plus(time);
        while (time(connection).isBefore(end)) {
            Thread.onSpinWait();
        }
    }

    private static Instant time(RedisConnection connection) {
        List<String> time = connection.run("return redis.call('TIME')", List.of());
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
    }

    void start() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** The server's process: of those that this one started, the one that runs Redis; tests run one at a time. */
    private ProcessHandle process() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").contains("redis"))
                .findFirst()
                .orElseThrow();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process().pid()))
                .start()
                .waitFor();
    }

    void stop() throws IOException {
        server.stop();
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
