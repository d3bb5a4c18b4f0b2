package io.apiguard.benchmarks;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.entity.Entities;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One decision by Cedar policies in the paper's three applications and with many policies, and what it takes to load many. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CedarBenchmark {

    /** An application with its store, and its requests in turn. */
    @State(Scope.Thread)
    public static class Application {

        /** Which application. */
        @Param({"gdrive", "github", "tinytodo"})
        public String application = "";

        /** How many entities of each type. */
        @Param({"5", "50"})
        public int perType;

        private Turn turn = Turn.NONE;

        /** Generates it. */
        @Setup
        public void prepare() {
            turn = new Turn(CedarApplication.of(application, perType, 1));
        }
    }

    /** Policies of which a request concerns one or none. */
    @State(Scope.Thread)
    public static class Scoped {

        /** How many policies. */
        @Param({"10", "100", "1000", "10000"})
        public int policies;

        private Turn turn = Turn.NONE;

        /** Generates them. */
        @Setup
        public void prepare() {
            turn = new Turn(ScopedPolicies.of(policies));
        }
    }

    /** The text of many policies. */
    @State(Scope.Thread)
    public static class Text {

        private final String policies = ScopedPolicies.of(10_000).policies();
    }

    private static final class Turn {

        static final Turn NONE = new Turn(new CedarApplication("none", "", List.of(), List.of()));

        private final Authorizer authorizer;
        private final Entities store;
        private final List<CedarRequest> requests;
        private int next;

        Turn(CedarApplication application) {
            this.authorizer = application.authorizer();
            this.store = application.store();
            this.requests = application.requests();
        }

        boolean decide() {
            CedarRequest request = requests.get(next);
            next = next + 1 == requests.size() ? 0 : next + 1;
            return authorizer.decide(request, store).isAllowed();
        }
    }

    /** One decision of an application, its whole store at hand. */
    @Benchmark
    public boolean application(Application application) {
        return application.turn.decide();
    }

    /** One decision by many policies. Reading so many keeps the compiler busy for ten seconds, in which decisions are slow. */
    @Benchmark
    @Warmup(iterations = 20, time = 1)
    public boolean scoped(Scoped scoped) {
        return scoped.turn.decide();
    }

    /** Reads and compiles ten thousand policies, as a program does when it starts: once, in a young JVM. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Fork(5)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Authorizer load10000(Text text) {
        return Authorizer.of(PolicySet.parse(text.policies));
    }
}
