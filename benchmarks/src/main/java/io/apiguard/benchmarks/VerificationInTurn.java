package io.apiguard.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The benchmarks of verification in one process and in turn, for a machine on which other work runs too: every round gives
 * each a fiftieth of a second of processor time, and the fastest such moment of each counts. What disturbs the machine for
 * seconds or minutes so disturbs all alike, where JMH, which measures one after the other, blames the one it falls upon.
 */
final class VerificationInTurn {

    private static final long SLICE_NANOS = 20_000_000;
    private static final int DEFAULT_ROUNDS = 120;
    private static final int BATCH = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Callable<Object>> checks = new LinkedHashMap<>();
    private final Map<String, Double> fastest = new LinkedHashMap<>();
    private Object last = this;

    private VerificationInTurn() {}

    /**
     * Measures.
     *
     * @param args ignored: those of JMH
     * @throws Exception if one of the checks fails
     */
    public static void main(String[] args) throws Exception {
        VerificationInTurn all = new VerificationInTurn();
        all.setUp();
        for (int round = Integer.getInteger("rounds", DEFAULT_ROUNDS); round > 0; round--) {
            all.round();
        }
        System.out.print(VerificationRatios.of(all.fastest));
        System.out.println("# last: " + all.last);
    }

    private void setUp() throws Exception {
        for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
            SignedToken token = SignedToken.issueWithFixedKey(algorithm);
            for (Contender contender : Contender.values()) {
                if (contender != Contender.SPRING || algorithm != TokenAlgorithm.ED25519) {
                    TokenCheck check = contender.of(token);
                    checks.put(contender + " " + algorithm, () -> check.verify(token.text()));
                }
            }
        }
        CredentialVerificationBenchmark others = new CredentialVerificationBenchmark();
        CredentialVerificationBenchmark.Known known = new CredentialVerificationBenchmark.Known();
        CredentialVerificationBenchmark.Key key = new CredentialVerificationBenchmark.Key();
        CredentialVerificationBenchmark.Message message = new CredentialVerificationBenchmark.Message();
        checks.put("cachedToken", () -> others.cachedToken(known));
        checks.put("apiKey", () -> others.apiKey(key));
        checks.put("signedRequest", () -> others.signedRequest(message));
        for (CryptoProvider provider : CryptoProvider.values()) {
            ProvenOrder order = ProvenOrder.of(provider);
            checks.put("dpopProof " + provider, order::verify);
        }
    }

    private void round() throws Exception {
        List<String> names = new ArrayList<>(checks.keySet());
        for (String name : names) {
            fastest.merge(name, slice(checks.get(name)), Math::min);
        }
    }

    /** Returns microseconds of this thread's processor time: that of the compiler and the garbage collector is not in it. */
    private double slice(Callable<Object> check) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        long done = 0;
        while (spent < SLICE_NANOS) {
            for (int i = 0; i < BATCH; i++) {
                last = check.call();
            }
            done += BATCH;
            spent = THREADS.getCurrentThreadCpuTime() - start;
        }
        return spent / 1000.0 / done;
    }
}
