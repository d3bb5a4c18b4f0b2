package io.apiguard.benchmarks;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyResult;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.InMemoryApiKeyRepository;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSources;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
 * The check of the other credentials: a token that is remembered, an API key, a proof of DPoP and a signed request. They
 * stand beside {@link TokenVerificationBenchmark}, whose signatures on P-256 are the floor of the last two.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 12, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class CredentialVerificationBenchmark {

    /** A token that was verified before. */
    @State(Scope.Thread)
    public static class Known {

        private final SignedToken token = SignedToken.issueWithFixedKey(TokenAlgorithm.RS256);
        private final JwtVerifier verifier = JwtVerifier.forIssuer(URI.create(SignedToken.ISSUER))
                .audience(SignedToken.AUDIENCE)
                .tenantFrom("tenant")
                .keys(JwkSource.of(token.jwkSet()))
                .build();
    }

    /** An API key, and the store that has its hash. */
    @State(Scope.Thread)
    public static class Key {

        private static final Secret SECRET = new Secret(
                ApiKeys.SECRET_NAME, "1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

        private final InMemoryApiKeyRepository store = InMemoryApiKeyRepository.ofAtMost(10);
        private final ApiKeys keys = ApiKeys.using(SecretSources.of(SECRET), store);
        private final IssuedApiKey issued =
                keys.issue(ApiKeyGrant.to("billing-job").withScopes("invoices:read"));

        /** Stores the key. */
        public Key() {
            store.insert(issued.stored());
        }
    }

    /** A request with a token bound to a key, and the proof of that key. */
    @State(Scope.Thread)
    public static class Proof {

        /** Who computes the signature. */
        @Param({"FASTEST", "PLATFORM"})
        public CryptoProvider provider = CryptoProvider.FASTEST;

        private ProvenOrder order = ProvenOrder.of(provider);

        /** Sets the verifier up. */
        @Setup
        public void prepare() {
            order = ProvenOrder.of(provider);
        }
    }

    /** A signed request. */
    @State(Scope.Thread)
    public static class Message {
        private final SignedOrder order = SignedOrder.issue();
    }

    /** A token that is remembered: its digest is looked up, its times are looked at. */
    @Benchmark
    public Object cachedToken(Known state) {
        return Outcomes.expect(JwtResult.Valid.class, state.verifier.verify(state.token.text()));
    }

    /** An API key: checksum, lookup, keyed hash, comparison. */
    @Benchmark
    public Object apiKey(Key state) {
        return Outcomes.expect(ApiKeyResult.Valid.class, state.keys.verify(state.issued.key()));
    }

    /** A proof of DPoP: its key, its signature on P-256, its claims, its first use. */
    @Benchmark
    public Object dpopProof(Proof state) {
        return state.order.verify();
    }

    /** A signed request: its fields, its signature on P-256, its times, its nonce. */
    @Benchmark
    public Object signedRequest(Message state) {
        return state.order.verify();
    }
}
