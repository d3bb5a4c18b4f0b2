package io.apiguard.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.Admitted;
import io.apiguard.Completion;
import io.apiguard.Endpoint;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.HandlerCall;
import io.apiguard.Received;
import io.apiguard.RequestBody;
import io.apiguard.audit.AsyncAuditSink;
import io.apiguard.audit.AuditWriter;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.event.GuardListener;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One whole passage through the guard: both gates and the way out for a GET with a bearer token, three buckets (client
 * address, identity, tenant), a scope check and an audit event that a thread of its own turns into a line.
 *
 * <p>Beside it stand its floors: what the signature alone costs, what a lookup of the token alone costs, and the same
 * passage without the memory for verified tokens. Warm-up is long, since much code takes part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 4, time = 1)
public class GateBenchmark {

    private static final int AUDIT_QUEUE = 1 << 16;

    private final SignedToken token = SignedToken.issue();
    private final HandlerCall call = new HandlerCall(() -> Map.of("id", "4711"), RequestBody.none());
    private final Guarded remembering = new Guarded(token, Map.of());
    private final Guarded forgetful = new Guarded(token, Map.of("jwt.cache-size", "0"));
    private final Cache<String, SignedToken> cache =
            Caffeine.newBuilder().maximumSize(10_000).build();
    private final RawSignature signature = RawSignature.of(token, CryptoProvider.FASTEST);

    /** A guard and the policy of its one endpoint. */
    private static final class Guarded {

        private final AsyncAuditSink audit;
        private final Guard guard;
        private final EndpointPolicy policy;

        Guarded(SignedToken token, Map<String, String> settings) {
            AuditWriter writer = AuditWriter.toStream(OutputStream.nullOutputStream());
            audit = AsyncAuditSink.start(writer, AUDIT_QUEUE, GuardListener.none(), InstantSource.system());
            guard = Guard.builder(GuardedOrders.settings(settings))
                    .keys(JwkSource.of(token.jwkSet()))
                    .auditSink(audit)
                    .endpoints(List.of(endpoint()))
                    .build();
            policy = guard.policies().get(0);
        }

        private static Endpoint endpoint() {
            return new Endpoint(
                    List.of("GET"), "/orders/{id}", "Orders.get", null, null, void.class, Endpoint.Kind.APPLICATION);
        }
    }

    /** Makes sure that the guard lets the token in. */
    @Setup
    public void prepare() {
        cache.put(token.text(), token);
        if (!pass(remembering).admitted().map(Admitted::isPermitted).orElse(false)) {
            throw new IllegalStateException("the guard refuses the request that is to be measured");
        }
    }

    /** Says how many events the audit thread could not keep up with: their lines are missing from what was measured. */
    @TearDown
    public void close() {
        System.out.printf("# audit events dropped: %d%n", remembering.audit.dropped() + forgetful.audit.dropped());
        remembering.guard.close();
        forgetful.guard.close();
    }

    /** Both gates and the way out; the token is known from an earlier request. */
    @Benchmark
    public Object guardCachedToken() {
        return pass(remembering);
    }

    /** The same with a verification of the signature each time. */
    @Benchmark
    public Object guardUncachedToken() {
        return pass(forgetful);
    }

    /** Gate 1 alone: transport, size, pre-limit, authentication with a known token. */
    @Benchmark
    public Object gate1CachedToken() {
        return remembering.guard.receive(new FakeRequest(token.text()));
    }

    /** Floor: the check of the signature by the provider that the guard takes, and nothing else. */
    @Benchmark
    public boolean floorRs256Verify() throws GeneralSecurityException {
        return signature.verify();
    }

    /** Floor: a lookup by the token's text in a cache, as it comes from the network: a new text. */
    @Benchmark
    public Object floorCacheByTokenText() {
        return cache.getIfPresent(
                new FakeRequest(token.text()).headers("Authorization").get(0).substring(7));
    }

    private Received pass(Guarded guarded) {
        Received received = guarded.guard.receive(new FakeRequest(token.text()));
        received.admit(guarded.policy, call);
        FakeResponse response = new FakeResponse();
        received.decorate(response);
        received.release(Completion.of(response.status(), 1024));
        return received;
    }
}
