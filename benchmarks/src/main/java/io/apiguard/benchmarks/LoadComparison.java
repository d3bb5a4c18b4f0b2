package io.apiguard.benchmarks;

import io.apiguard.benchmarks.LoadServer.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Compares whole servers: Tomcat bare, behind the guard, and behind Spring Security's resource server.
 *
 * <p>Each runs in a process of its own, all on the first processor, and is loaded from the second one in turn, in many
 * short rounds. Numbers depend on the machine and on what else it does, so the ratios are what is quoted, each between
 * two measurements of one round, which lie a few seconds apart. Everything stays on the loopback interface.
 *
 * <p>System properties: {@code load.rounds} (15), {@code load.seconds} of each measurement (2), {@code load.warmup} in
 * seconds of processor time that each server gets before (45), {@code load.connections} (16), {@code load.client}
 * ({@code wrk} if it is installed, else {@code java}).
 */
public final class LoadComparison {

    private static final int ROUNDS = Integer.getInteger("load.rounds", 15);
    private static final int SECONDS = Integer.getInteger("load.seconds", 2);
    private static final int WARMUP = Integer.getInteger("load.warmup", 45);
    private static final int CONNECTIONS = Integer.getInteger("load.connections", 16);

    private static final int MOST_WARMUPS = 20;

    private LoadComparison() {}

    /** One measurement of one server. */
    private record Round(double perSecond, double cpuMicros, double p50Millis, double p99Millis) {}

    /**
     * Runs the comparison and prints it.
     *
     * @param args not used
     * @throws Exception if a server cannot be started or refuses what it is asked
     */
    public static void main(String[] args) throws Exception {
        LoadClient client = LoadClient.choose(System.getProperty("load.client", ""), CONNECTIONS);
        System.out.printf(
                "JDK %s, %d processors, %s, %d connections, %s, %d rounds of %d s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Pinning.isPossible()
                        ? "server and client on one each"
                        : "NOT PINNED, so that client and server share them",
                CONNECTIONS,
                client,
                ROUNDS,
                SECONDS);
        Map<Candidate, ServerProcess> servers = new EnumMap<>(Candidate.class);
        try {
            for (Candidate candidate : Candidate.values()) {
                servers.put(candidate, ServerProcess.start(candidate));
                warmUp(servers.get(candidate), client);
            }
            print(measure(servers, client));
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
    }

    /** Until the server has worked long enough for the compiler, however busy the machine is. */
    private static void warmUp(ServerProcess server, LoadClient client) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_WARMUPS && server.cpuSeconds() < WARMUP; i++) {
            client.load(server, Math.max(1, WARMUP / 4));
        }
    }

    private static Map<Candidate, List<Round>> measure(Map<Candidate, ServerProcess> servers, LoadClient client)
            throws IOException, InterruptedException {
        Map<Candidate, List<Round>> rounds = new EnumMap<>(Candidate.class);
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<Candidate, ServerProcess> server : servers.entrySet()) {
                Round round = measure(server.getValue(), client);
                rounds.computeIfAbsent(server.getKey(), key -> new ArrayList<>())
                        .add(round);
                System.out.printf(
                        Locale.ROOT,
                        "round %d  %-26s %9.0f/s %8.1f us CPU%n",
                        i + 1,
                        server.getKey().label(),
                        round.perSecond(),
                        round.cpuMicros());
            }
        }
        return rounds;
    }

    private static Round measure(ServerProcess server, LoadClient client) throws IOException, InterruptedException {
        double before = server.cpuSeconds();
        LoadClient.Outcome outcome = client.load(server, SECONDS);
        double cpu = (server.cpuSeconds() - before) * 1e6 / outcome.requests();
        return new Round(outcome.requests() / outcome.seconds(), cpu, outcome.p50Millis(), outcome.p99Millis());
    }

    private static void print(Map<Candidate, List<Round>> rounds) {
        System.out.printf(
                "%n%-26s %11s %12s %8s %8s %10s   %-22s %s%n",
                "median of " + ROUNDS,
                "requests/s",
                "CPU us/req",
                "p50 ms",
                "p99 ms",
                "CPU added",
                "of bare",
                "of Spring Security");
        List<Round> bare = rounds.get(Candidate.BARE);
        List<Round> spring = rounds.get(Candidate.SPRING);
        double bareCpu = median(bare, Round::cpuMicros);
        rounds.forEach((candidate, all) -> {
            double cpu = median(all, Round::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %11.0f %12.1f %8.2f %8.2f %10.1f   %-22s %s%n",
                    candidate.label(),
                    median(all, Round::perSecond),
                    cpu,
                    median(all, Round::p50Millis),
                    median(all, Round::p99Millis),
                    cpu - bareCpu,
                    ratio(all, bare),
                    ratio(all, spring));
        });
        System.out.println("""

                "of bare", "of Spring Security": the median over the rounds of a round's ratio to the other in the same
                round, by CPU time per request, then by requests per second; in brackets the quartiles of the first. So
                what slows the whole machine for a while slows both sides of a ratio.""");
    }

    private static String ratio(List<Round> these, List<Round> others) {
        double[] byCpu = ratios(others, these, Round::cpuMicros);
        double[] byRate = ratios(these, others, Round::perSecond);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f-%.2f) %.2f",
                quantile(byCpu, 0.5),
                quantile(byCpu, 0.25),
                quantile(byCpu, 0.75),
                quantile(byRate, 0.5));
    }

    /** Returns the ratios of the rounds, in ascending order. */
    private static double[] ratios(List<Round> these, List<Round> others, ToDoubleFunction<Round> figure) {
        return IntStream.range(0, these.size())
                .mapToDouble(i -> figure.applyAsDouble(these.get(i)) / figure.applyAsDouble(others.get(i)))
                .sorted()
                .toArray();
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return quantile(rounds.stream().mapToDouble(figure).sorted().toArray(), 0.5);
    }

    /** Between two values that stand next to each other, what lies between them in proportion. */
    private static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
