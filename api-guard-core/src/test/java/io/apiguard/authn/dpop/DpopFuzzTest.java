package io.apiguard.authn.dpop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.store.InMemoryReplayStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** No field makes the verifier throw, none without a key is valid, and signed claims are judged without a crash. */
class DpopFuzzTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Proofs.NOW);
    private static final DpopVerifier VERIFIER = DpopVerifier.builder(new InMemoryReplayStore(10, 10, CLOCK))
            .clock(CLOCK)
            .build();

    private static DpopResult verify(String proof) {
        return VERIFIER.verify(
                List.of(proof), "GET", Proofs.arrival("https", "api.example.com"), "/orders/1", Proofs.TOKEN);
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyText_isInvalid(byte[] bytes) {
        if (!(verify(new String(bytes, StandardCharsets.ISO_8859_1)) instanceof DpopResult.Invalid)) {
            throw new AssertionError("a made-up proof is not refused");
        }
    }

    @MethodSource("keys")
    @FuzzTest(maxDuration = "60s")
    void verify_anyKey_isInvalid(byte[] jwk) {
        String proof = Proofs.proof()
                .header("jwk", new String(jwk, StandardCharsets.UTF_8))
                .sign();
        if (verify(proof) instanceof DpopResult.Valid valid
                && !valid.proof().thumbprint().equals(thumbprint())) {
            throw new AssertionError("a proof by another key is not refused");
        }
    }

    private static String thumbprint() {
        return ((DpopResult.Valid) verify(Proofs.proof().sign())).proof().thumbprint();
    }

    @MethodSource("payloads")
    @FuzzTest(maxDuration = "60s")
    void verify_anySignedPayload_isJudged(byte[] payload) {
        DpopResult result = verify(Proofs.proof().signed(payload));
        if (result instanceof DpopResult.Invalid invalid
                && Set.of(Reason.SIGNATURE, Reason.KEY, Reason.ALGORITHM, Reason.TYPE)
                        .contains(invalid.reason())) {
            throw new AssertionError("a good signature is not accepted");
        }
    }

    @MethodSource("uris")
    @FuzzTest(maxDuration = "60s")
    void parse_anyUri_isReadOrRefused(byte[] bytes) {
        TargetUri uri = TargetUri.parse(new String(bytes, StandardCharsets.UTF_8));
        if (uri != null && !uri.text().matches("https?://[^/?#@]+/[^?#]*")) {
            throw new AssertionError("a URI that is not in its normal form");
        }
    }

    /** A proof is changed in its last bits, for as it is it would be valid. */
    static Stream<byte[]> texts() {
        String proof = Proofs.proof().sign();
        return Stream.of(proof.substring(0, proof.length() - 4) + "AAAA", proof + ", " + proof)
                .map(DpopFuzzTest::bytes);
    }

    static Stream<byte[]> keys() {
        return Stream.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256, JwsAlgorithm.EDDSA)
                .map(algorithm -> bytes("{" + TestKey.of("k", algorithm).members() + "}"));
    }

    static Stream<byte[]> payloads() {
        String claims = "{\"jti\":\"id-1\",\"htm\":\"GET\",\"htu\":\"https://api.example.com/orders/1\",\"iat\":"
                + Proofs.NOW.getEpochSecond() + ",\"ath\":\"" + Proofs.hash(Proofs.TOKEN) + "\"";
        return Stream.of(claims + "}", claims + ",\"nonce\":\"n\"}", "{}").map(DpopFuzzTest::bytes);
    }

    static Stream<byte[]> uris() {
        return Stream.of(
                        "https://api.example.com/orders/1",
                        "HTTPS://API.example.com:443/a%2fb/../c?d#e",
                        "http://[::1]:8080/%7Ea",
                        "https://a@b:0/\u00e9")
                .map(DpopFuzzTest::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
