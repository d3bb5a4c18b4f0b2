package io.apiguard.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What {@link CedarBenchmark} measures, by the peers. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CedarPeerBenchmark {

    /** An application, and its requests in turn. */
    @State(Scope.Thread)
    public static class Application {

        /** Which application. */
        @Param({"gdrive", "github", "tinytodo"})
        public String application = "";

        /** How many entities of each type. */
        @Param({"5", "50"})
        public int perType;

        private Turn cedarJava = Turn.NONE;

        /** Generates it. */
        @Setup
        public void prepare() {
            cedarJava = Turn.of(new CedarJavaPeer(), CedarApplication.of(application, perType, 1));
        }
    }

    /** Policies of which a request concerns one or none. */
    @State(Scope.Thread)
    public static class Scoped {

        /** How many policies. */
        @Param({"10", "100", "1000", "10000"})
        public int policies;

        private Turn cedarJava = Turn.NONE;
        private Turn casbin = Turn.NONE;

        /** Generates them. */
        @Setup
        public void prepare() {
            CedarApplication application = ScopedPolicies.of(policies);
            cedarJava = Turn.of(new CedarJavaPeer(), application);
            casbin = Turn.of(new CasbinPeer(), application);
        }
    }

    private static final class Turn {

        static final Turn NONE = new Turn(numbered -> false, List.of());

        private final Predicate<CedarPeer.Numbered> decision;
        private final List<CedarPeer.Numbered> requests;
        private int next;

        private Turn(Predicate<CedarPeer.Numbered> decision, List<CedarPeer.Numbered> requests) {
            this.decision = decision;
            this.requests = requests;
        }

        static Turn of(CedarPeer peer, CedarApplication application) {
            return new Turn(peer.prepare(application), CedarPeer.Numbered.of(application.requests()));
        }

        boolean decide() {
            CedarPeer.Numbered request = requests.get(next);
            next = next + 1 == requests.size() ? 0 : next + 1;
            return decision.test(request);
        }
    }

    /** One decision of an application by cedar-java, its whole store passed. */
    @Benchmark
    public boolean applicationCedarJava(Application application) {
        return application.cedarJava.decide();
    }

    /** One decision by many policies by cedar-java. */
    @Benchmark
    public boolean scopedCedarJava(Scoped scoped) {
        return scoped.cedarJava.decide();
    }

    /** One decision by many policies by jCasbin. */
    @Benchmark
    public boolean scopedCasbin(Scoped scoped) {
        return scoped.casbin.decide();
    }
}
