package io.apiguard.benchmarks;

import io.apiguard.benchmarks.DecisionMeter.Measured;
import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.entity.Entities;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Measures Cedar decisions with and without peers in one process, in turn, and checks that all give the same answers.
 *
 * <p>Peers are on the class path with the profile {@code bench-cedar} only, and are found as services.
 */
public final class CedarComparison {

    private static final List<String> ALL = List.of("gdrive", "github", "tinytodo", "scoped");
    private static final List<Integer> SIZES = List.of(5, 50);
    private static final List<Integer> COUNTS = List.of(10, 100, 1_000, 10_000);

    /** So many answers of each peer are compared: with a whole store some take a tenth of a second. */
    private static final int COMPARED = 100;

    private final DecisionMeter meter = new DecisionMeter(Long.getLong("cedar.millis", 2_000));
    private final List<CedarPeer> peers;

    private CedarComparison(List<CedarPeer> peers) {
        this.peers = peers;
    }

    /**
     * Prints everything.
     *
     * @param arguments what to measure, all if none: gdrive, github, tinytodo, scoped
     */
    public static void main(String[] arguments) {
        List<CedarPeer> peers = ServiceLoader.load(CedarPeer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        CedarComparison comparison = new CedarComparison(peers);
        List<String> chosen = arguments.length == 0 ? ALL : List.of(arguments);
        for (String name : chosen) {
            if (name.equals("scoped")) {
                COUNTS.forEach(count -> comparison.compare(name + " " + count, ScopedPolicies.of(count)));
            } else {
                SIZES.forEach(size -> comparison.compare(name + " " + size, CedarApplication.of(name, size, 1)));
            }
        }
        comparison.load();
    }

    private void compare(String name, CedarApplication application) {
        Authorizer authorizer = application.authorizer();
        Entities store = application.store();
        Predicate<CedarRequest> own =
                request -> authorizer.decide(request, store).isAllowed();
        List<CedarRequest> requests = application.requests();
        System.out.printf(
                "%-14s %5d entities, %2d %% allowed%n",
                name, store.size(), 100 * requests.stream().filter(own).count() / requests.size());
        Measured measured = meter.measure(requests, own);
        System.out.printf("  %-28s %s%n", "API Guard", measured);
        for (CedarPeer peer : peers) {
            if (peer.canExpress(application)) {
                compare(peer, application, own, measured);
            }
        }
    }

    private void compare(CedarPeer peer, CedarApplication application, Predicate<CedarRequest> own, Measured measured) {
        Predicate<CedarPeer.Numbered> decision = peer.prepare(application);
        List<CedarPeer.Numbered> requests = CedarPeer.Numbered.of(application.requests());
        for (CedarPeer.Numbered request : requests.subList(0, COMPARED)) {
            if (decision.test(request) != own.test(request.request())) {
                throw new IllegalStateException(peer.name() + " answers " + request + " in another way");
            }
        }
        Measured other = meter.measure(requests, decision);
        System.out.printf(
                "  %-28s %s: %.0f times the median, %.0f times the cpu%n",
                peer.name(), other, other.median() / measured.median(), other.cpu() / measured.cpu());
    }

    private void load() {
        String text = ScopedPolicies.of(10_000).policies();
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            Authorizer.of(PolicySet.parse(text));
            System.out.printf(
                    "load 10000     API Guard, warm, %d: %.0f ms%n", i + 1, (System.nanoTime() - start) / 1e6);
        }
    }
}
