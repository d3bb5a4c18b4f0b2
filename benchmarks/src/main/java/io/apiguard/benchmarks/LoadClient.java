package io.apiguard.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads a server from another process on the second processor, and understands what that prints. */
abstract class LoadClient {

    /** The path that is asked for, of every server alike. */
    static final String PATH = "/orders/4711";

    private final int connections;

    private LoadClient(int connections) {
        this.connections = connections;
    }

    /** What a client saw. */
    record Outcome(long requests, double seconds, double p50Millis, double p99Millis) {}

    static LoadClient choose(String name, int connections) {
        boolean wrk = name.isEmpty() ? Pinning.runs("wrk", "--version") : name.equals("wrk");
        return wrk ? new Wrk(connections) : new Java(connections);
    }

    abstract List<String> command(ServerProcess server, int seconds);

    abstract Outcome parse(String output) throws IOException;

    int connections() {
        return connections;
    }

    /** Loads a server for a time; fails if any answer is not 200. */
    final Outcome load(ServerProcess server, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Pinning.on(1, command(server, seconds)))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("the client failed:\n" + output);
            }
            return parse(output);
        } finally {
            process.destroy();
        }
    }

    /** The client of this program: one thread, see {@link KeepAliveClient}. */
    private static final class Java extends LoadClient {

        private Java(int connections) {
            super(connections);
        }

        @Override
        List<String> command(ServerProcess server, int seconds) {
            return Pinning.java(
                    List.of("-Xmx64m"),
                    KeepAliveClient.class,
                    Integer.toString(server.port()),
                    Integer.toString(connections()),
                    Integer.toString(seconds),
                    server.token());
        }

        @Override
        Outcome parse(String output) throws IOException {
            String[] words = output.strip().split(" ");
            if (words.length != 5 || !words[0].equals("DONE")) {
                throw new IOException("the client failed:\n" + output);
            }
            return new Outcome(
                    Long.parseLong(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]));
        }

        @Override
        public String toString() {
            return "Java client";
        }
    }

    /** The command wrk. */
    private static final class Wrk extends LoadClient {

        private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m)");
        private static final Pattern PERCENTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s|m)");

        private Wrk(int connections) {
            super(connections);
        }

        @Override
        List<String> command(ServerProcess server, int seconds) {
            return List.of(
                    "wrk",
                    "-t1",
                    "-c" + connections(),
                    "-d" + seconds + "s",
                    "--latency",
                    "-H",
                    "Authorization: Bearer " + server.token(),
                    "http://127.0.0.1:" + server.port() + PATH);
        }

        @Override
        Outcome parse(String output) throws IOException {
            Matcher total = TOTAL.matcher(output);
            if (output.contains("Non-2xx") || output.contains("Socket errors") || !total.find()) {
                throw new IOException("wrk saw something else than answers with 200:\n" + output);
            }
            double[] percentiles = new double[2];
            for (Matcher found = PERCENTILE.matcher(output); found.find(); ) {
                percentiles[found.group(1).equals("50") ? 0 : 1] = 1000 * seconds(found.group(2), found.group(3));
            }
            double seconds = seconds(total.group(2), total.group(3));
            return new Outcome(Long.parseLong(total.group(1)), seconds, percentiles[0], percentiles[1]);
        }

        private static double seconds(String number, String unit) {
            double value = Double.parseDouble(number);
            return switch (unit.toLowerCase(Locale.ROOT)) {
                case "us" -> value / 1e6;
                case "ms" -> value / 1e3;
                case "m" -> value * 60;
                default -> value;
            };
        }

        @Override
        public String toString() {
            return "wrk";
        }
    }
}
