package io.apiguard.authn.jwt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * No text makes the verifier throw, none without the issuer's key is valid, and signed claims are judged without a
 * crash.
 */
class JwtVerifierFuzzTest {

    private static final JwtVerifier VERIFIER = Tokens.verifier().build();
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";

    @FuzzTest(maxDuration = "10s")
    void verify_anyText_isInvalid(byte[] bytes) {
        if (!(VERIFIER.verify(new String(bytes, StandardCharsets.UTF_8)) instanceof JwtResult.Invalid)) {
            throw new AssertionError("a made-up token is not refused");
        }
    }

    @FuzzTest(maxDuration = "10s")
    void verify_anySignedPayload_isJudged(byte[] payload) {
        JwtResult result = VERIFIER.verify(Tokens.KEY.sign(HEADER, payload));
        if (result instanceof JwtResult.Invalid invalid
                && Set.of(Reason.SIGNATURE, Reason.UNKNOWN_KEY, Reason.ALGORITHM)
                        .contains(invalid.reason())) {
            throw new AssertionError("a good signature is not accepted");
        }
    }
}
