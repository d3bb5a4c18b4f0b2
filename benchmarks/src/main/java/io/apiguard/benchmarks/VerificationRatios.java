package io.apiguard.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What the benchmarks of verification come to: the fastest moment of each by processor time, what it is of what, and
 * whether that is what was aimed at.
 */
final class VerificationRatios {

    private static final double SAME_AS_RAW = 1.15;
    private static final List<Contender> PEERS =
            List.of(Contender.JOSE4J, Contender.NIMBUS, Contender.SPRING, Contender.SMALLRYE);

    private final Map<String, Double> micros = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();

    private VerificationRatios(Map<String, Double> micros) {
        this.micros.putAll(micros);
    }

    /**
     * Returns the text to print.
     *
     * @param micros by contender and algorithm, or by benchmark and provider
     */
    static String of(Map<String, Double> micros) {
        return new VerificationRatios(micros).report();
    }

    /** Returns the text to print; empty if none of these benchmarks was run. */
    static String of(Collection<RunResult> results) {
        VerificationRatios ratios = new VerificationRatios(Map.of());
        results.forEach(ratios::add);
        return ratios.micros.isEmpty() ? "" : ratios.report();
    }

    private void add(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        if (benchmark.contains("Verification")) {
            String contender = run.getParams().getParam("contender");
            String name = contender == null ? benchmark.substring(benchmark.lastIndexOf('.') + 1) : contender;
            String of = run.getParams().getParam(contender == null ? "provider" : "algorithm");
            micros.put(of == null ? name : name + " " + of, fastest(run));
        }
    }

    private static double fastest(RunResult run) {
        return run.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(VerificationRatios::cpu)
                .min()
                .orElse(Double.NaN);
    }

    private static double cpu(IterationResult iteration) {
        Result<?> cpu = iteration.getSecondaryResults().get("cpu");
        return cpu == null ? iteration.getPrimaryResult().getScore() : cpu.getScore();
    }

    private double of(Enum<?> contender, TokenAlgorithm algorithm) {
        return of(contender.name() + " " + algorithm.name());
    }

    private double of(String name) {
        return micros.getOrDefault(name, Double.NaN);
    }

    private String report() {
        text.append(System.lineSeparator());
        line("# the fastest moment of each, microseconds of processor time; JDK %s", Runtime.version());
        for (Contender contender : Contender.values()) {
            line(
                    "%-18s RS256 %8.2f  ES256 %8.2f  Ed25519 %8.2f",
                    contender,
                    of(contender, TokenAlgorithm.RS256),
                    of(contender, TokenAlgorithm.ES256),
                    of(contender, TokenAlgorithm.ED25519));
        }
        micros.keySet().stream()
                .filter(name -> Character.isLowerCase(name.charAt(0)))
                .forEach(name -> line("%-24s %8.2f", name, of(name)));
        aims();
        return text.toString();
    }

    private void aims() {
        line("# against the aims");
        for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
            double guard = of(Contender.GUARD, algorithm);
            double onPlatform = of(Contender.GUARD_ON_PLATFORM, algorithm);
            atMost(SAME_AS_RAW, guard / of(Contender.JCA, algorithm), algorithm + " of the signature alone");
            atMost(
                    SAME_AS_RAW,
                    onPlatform / of(Contender.JCA_ON_PLATFORM, algorithm),
                    algorithm + " of the signature alone, platform's provider");
            atMost(1, guard / fastestPeer(algorithm), algorithm + " of the fastest peer");
            atMost(1, onPlatform / fastestPeer(algorithm), algorithm + " of the fastest peer, platform's provider");
        }
        cached();
        faster(2, Contender.SPRING, TokenAlgorithm.RS256);
        faster(5, Contender.SPRING, TokenAlgorithm.ES256);
        faster(8, Contender.JOSE4J, TokenAlgorithm.ED25519);
    }

    private void cached() {
        double cached = of("cachedToken");
        double onPlatform = of(Contender.GUARD_ON_PLATFORM, TokenAlgorithm.RS256);
        atMost(0.03, cached / onPlatform, "cached of uncached RS256, platform's provider");
        atMost(0.03, cached / of(Contender.GUARD, TokenAlgorithm.RS256), "cached of uncached RS256");
    }

    private double fastestPeer(TokenAlgorithm algorithm) {
        return PEERS.stream()
                .mapToDouble(peer -> of(peer, algorithm))
                .filter(peer -> !Double.isNaN(peer))
                .min()
                .orElse(Double.NaN);
    }

    private void faster(double aim, Contender peer, TokenAlgorithm algorithm) {
        double times = of(peer, algorithm) / of(Contender.GUARD, algorithm);
        line(
                "%-58s %6.2f times, aim %.0f: %s",
                algorithm + " faster than " + peer, times, aim, met(times >= aim, times));
    }

    private void atMost(double aim, double ratio, String what) {
        line("%-58s %6.3f, aim %.2f: %s", what, ratio, aim, met(ratio <= aim, ratio));
    }

    private static String met(boolean met, double figure) {
        return Double.isNaN(figure) ? "not measured" : met ? "met" : "NOT met";
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
