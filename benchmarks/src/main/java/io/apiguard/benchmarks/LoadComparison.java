package io.apiguard.benchmarks;

import io.apiguard.benchmarks.LoadServer.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Compares whole servers: Tomcat bare, behind the guard, and behind Spring Security's resource server.
 *
 * <p>Each runs in a process of its own, all on the first processor, and is loaded from the second one in turn, in
 * rounds; the median round counts. Numbers depend on the machine and on what else it does, so the ratios are what is
 * quoted. Everything stays on the loopback interface.
 *
 * <p>System properties: {@code load.rounds} (5), {@code load.seconds} of each measurement (6), {@code load.warmup} in
 * seconds of processor time that each server gets before (25), {@code load.connections} (16), {@code load.client}
 * ({@code wrk} if it is installed, else {@code java}).
 */
public final class LoadComparison {

    private static final int ROUNDS = Integer.getInteger("load.rounds", 5);
    private static final int SECONDS = Integer.getInteger("load.seconds", 6);
    private static final int WARMUP = Integer.getInteger("load.warmup", 25);
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
                "%n%-26s %11s %12s %9s %9s %13s %15s %10s%n",
                "median of " + ROUNDS,
                "requests/s",
                "CPU us/req",
                "p50 ms",
                "p99 ms",
                "of bare",
                "of Spring Sec.",
                "CPU added");
        double bare = median(rounds.get(Candidate.BARE), Round::perSecond);
        double spring = median(rounds.get(Candidate.SPRING), Round::perSecond);
        double bareCpu = median(rounds.get(Candidate.BARE), Round::cpuMicros);
        rounds.forEach((candidate, all) -> {
            double perSecond = median(all, Round::perSecond);
            double cpu = median(all, Round::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %11.0f %12.1f %9.2f %9.2f %6.2f (%.2f) %14.2fx %10.1f%n",
                    candidate.label(),
                    perSecond,
                    cpu,
                    median(all, Round::p50Millis),
                    median(all, Round::p99Millis),
                    perSecond / bare,
                    bareCpu / cpu,
                    perSecond / spring,
                    cpu - bareCpu);
        });
        System.out.println("""

                "of bare": requests per second against bare Tomcat's; in brackets the same by CPU time per request, which
                depends less on what else the machine does.""");
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
    }
}
