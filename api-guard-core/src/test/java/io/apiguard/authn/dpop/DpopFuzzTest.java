package io.apiguard.authn.dpop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.store.InMemoryReplayStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

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

    @FuzzTest(maxDuration = "10s")
    void verify_anyText_isInvalid(byte[] bytes) {
        if (!(verify(new String(bytes, StandardCharsets.ISO_8859_1)) instanceof DpopResult.Invalid)) {
            throw new AssertionError("a made-up proof is not refused");
        }
    }

    @FuzzTest(maxDuration = "10s")
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

    @FuzzTest(maxDuration = "10s")
    void verify_anySignedPayload_isJudged(byte[] payload) {
        DpopResult result = verify(Proofs.proof().signed(payload));
        if (result instanceof DpopResult.Invalid invalid
                && Set.of(Reason.SIGNATURE, Reason.KEY, Reason.ALGORITHM, Reason.TYPE)
                        .contains(invalid.reason())) {
            throw new AssertionError("a good signature is not accepted");
        }
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anyUri_isReadOrRefused(byte[] bytes) {
        TargetUri uri = TargetUri.parse(new String(bytes, StandardCharsets.UTF_8));
        if (uri != null && !uri.text().matches("https?://[^/?#@]+/[^?#]*")) {
            throw new AssertionError("a URI that is not in its normal form");
        }
    }
}
