package io.apiguard.benchmarks;

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

/**
 * The check of an access token that nobody remembers, by the guard and its peers, and what the signature alone costs: the
 * same token, of thirteen claims, and the same key for all.
 *
 * <p>Iterations are short and many, since {@link VerificationRatios} compares the fastest of each: that of a moment at
 * which nothing else disturbed it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 12, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class TokenVerificationBenchmark {

    /** Those who can check a token of every algorithm. */
    @State(Scope.Thread)
    public static class Every {

        /** What the token is signed with. */
        @Param({"RS256", "ES256", "ED25519"})
        public TokenAlgorithm algorithm = TokenAlgorithm.RS256;

        /** Who checks it. */
        @Param({"JCA", "GUARD", "JCA_ON_PLATFORM", "GUARD_ON_PLATFORM", "JOSE4J", "NIMBUS", "SMALLRYE"})
        public Contender contender = Contender.GUARD;

        private Contest contest = Contest.NONE;

        /** Sets the contender up, and makes sure that it takes the token. */
        @Setup
        public void prepare() throws Exception {
            contest = Contest.of(contender, algorithm);
        }
    }

    /** Spring Security, which has no Ed25519. */
    @State(Scope.Thread)
    public static class Spring {

        /** What the token is signed with. */
        @Param({"RS256", "ES256"})
        public TokenAlgorithm algorithm = TokenAlgorithm.RS256;

        /** Who checks it. */
        @Param("SPRING")
        public Contender contender = Contender.SPRING;

        private Contest contest = Contest.NONE;

        /** Sets the contender up, and makes sure that it takes the token. */
        @Setup
        public void prepare() throws Exception {
            contest = Contest.of(contender, algorithm);
        }
    }

    /** A token and who checks it. */
    private record Contest(String token, TokenCheck check) {

        static final Contest NONE = new Contest("", text -> text);

        static Contest of(Contender contender, TokenAlgorithm algorithm) throws Exception {
            SignedToken token = SignedToken.issueWithFixedKey(algorithm);
            TokenCheck check = contender.of(token);
            check.verify(token.text());
            return new Contest(token.text(), check);
        }

        Object run() throws Exception {
            return check.verify(token);
        }
    }

    /** A check by one of those who have every algorithm. */
    @Benchmark
    public Object verify(Every state) throws Exception {
        return state.contest.run();
    }

    /** A check by Spring Security. */
    @Benchmark
    public Object verifySpring(Spring state) throws Exception {
        return state.contest.run();
    }
}
