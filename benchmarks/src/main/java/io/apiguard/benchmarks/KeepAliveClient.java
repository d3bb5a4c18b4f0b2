package io.apiguard.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A client for machines without wrk: one thread, several connections that stay open, one request under way on each.
 *
 * <p>It reads no more of an answer than status and Content-Length. Any status but 200, and any answer without a length,
 * ends it.
 */
final class KeepAliveClient {

    private static final byte[] STATUS = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int SILENCE_MILLIS = 10_000;

    private final byte[] request;
    private final int[] latencies = new int[2_000_000];
    private int requests;

    private KeepAliveClient(byte[] request) {
        this.request = request;
    }

    /** A connection, and what has come of its answer so far. */
    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
        private long sentAt;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Loads a server on the loopback interface, then prints the number of requests, the seconds they took, and the
     * median and 99th percentile of their latencies in milliseconds.
     *
     * @param args port, connections, seconds, token
     * @throws IOException if the server closes a connection, is silent for ten seconds, or does not answer with 200
     */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        String request = "GET " + LoadClient.PATH + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer " + args[3] + "\r\n\r\n";
        KeepAliveClient client = new KeepAliveClient(request.getBytes(StandardCharsets.US_ASCII));
        long started = System.nanoTime();
        client.run(port, Integer.parseInt(args[1]), started + Long.parseLong(args[2]) * 1_000_000_000);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "DONE %d %.3f %.3f %.3f%n",
                client.requests,
                seconds,
                client.percentileMillis(50),
                client.percentileMillis(99));
    }

    private void run(int port, int connections, long end) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection(channel);
                channel.register(selector, SelectionKey.OP_READ, connection);
                send(connection);
            }
            while (System.nanoTime() < end) {
                if (selector.select(SILENCE_MILLIS) == 0) {
                    throw new IOException("the server is silent");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    receive((Connection) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    /** A request fits into the socket's buffer, since the one before was answered. */
    private void send(Connection connection) throws IOException {
        connection.answer.clear();
        connection.sentAt = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            connection.channel.write(bytes);
        }
    }

    private void receive(Connection connection) throws IOException {
        if (connection.channel.read(connection.answer) < 0) {
            throw new IOException("the server closed a connection");
        }
        if (isComplete(connection.answer)) {
            latencies[requests++ % latencies.length] = (int) ((System.nanoTime() - connection.sentAt) / 1000);
            send(connection);
        }
    }

    private static boolean isComplete(ByteBuffer answer) throws IOException {
        byte[] bytes = answer.array();
        int end = endOfHeader(bytes, answer.position());
        if (end < 0) {
            return false;
        }
        if (!Arrays.equals(bytes, 0, STATUS.length, STATUS, 0, STATUS.length)) {
            throw new IOException("the server refuses: " + new String(bytes, 0, end, StandardCharsets.US_ASCII));
        }
        return answer.position() >= end + contentLength(bytes, end);
    }

    private static int endOfHeader(byte[] bytes, int limit) {
        for (int i = 3; i < limit; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int end) throws IOException {
        for (int i = 0; i < end - LENGTH.length; i++) {
            if (bytes[i] == '\n' && isLength(bytes, i)) {
                return number(bytes, i + LENGTH.length);
            }
        }
        throw new IOException("the server does not say how long its answer is");
    }

    private static boolean isLength(byte[] bytes, int at) {
        for (int i = 1; i < LENGTH.length; i++) {
            if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; bytes[i] != '\r'; i++) {
            value = bytes[i] == ' ' ? value : value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private double percentileMillis(int percent) {
        int[] sorted = Arrays.copyOf(latencies, Math.min(requests, latencies.length));
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) ((long) (sorted.length - 1) * percent / 100)] / 1000.0;
    }
}
