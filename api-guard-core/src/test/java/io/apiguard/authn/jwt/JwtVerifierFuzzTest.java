package io.apiguard.authn.jwt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text makes the verifier throw, none without the issuer's key is valid, and signed claims are judged without a
 * crash.
 */
class JwtVerifierFuzzTest {

    private static final JwtVerifier VERIFIER = Tokens.verifier().build();
    private static final JwtVerifier BOUND =
            Tokens.verifier().acceptSenderConstrained().build();
    private static final MultiIssuerVerifier MANY = JwtVerifier.forIssuers(
                    issuer -> Optional.of(Tokens.verifier()).filter(x -> issuer.equals(Tokens.ISSUER)))
            .build();
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyText_isInvalid(byte[] bytes) {
        if (!(VERIFIER.verify(new String(bytes, StandardCharsets.UTF_8)) instanceof JwtResult.Invalid)) {
            throw new AssertionError("a made-up token is not refused");
        }
    }

    @MethodSource("payloads")
    @FuzzTest(maxDuration = "60s")
    void verify_anySignedPayload_isJudged(byte[] payload) {
        JwtResult result = VERIFIER.verify(Tokens.KEY.sign(HEADER, payload));
        if (result instanceof JwtResult.Invalid invalid
                && Set.of(Reason.SIGNATURE, Reason.UNKNOWN_KEY, Reason.ALGORITHM)
                        .contains(invalid.reason())) {
            throw new AssertionError("a good signature is not accepted");
        }
    }

    @MethodSource("payloads")
    @FuzzTest(maxDuration = "60s")
    void verify_anyTextOrPayloadOfManyIssuers_isJudgedAsByTheOne(byte[] bytes) {
        if (!(MANY.verify(new String(bytes, StandardCharsets.UTF_8)) instanceof JwtResult.Invalid)) {
            throw new AssertionError("a made-up token is not refused");
        }
        String signed = Tokens.KEY.sign(HEADER, bytes);
        if (MANY.verify(signed) instanceof JwtResult.Valid != VERIFIER.verify(signed) instanceof JwtResult.Valid) {
            throw new AssertionError("the verifiers of one and of many issuers disagree");
        }
    }

    @MethodSource("confirmations")
    @FuzzTest(maxDuration = "60s")
    void verify_anyConfirmation_isBoundOrRefused(byte[] bytes) {
        String claims = new String(bytes, StandardCharsets.UTF_8);
        String rest = new String(Base64Url.decode(Tokens.token().text().split("\\.")[1]), StandardCharsets.UTF_8);
        String payload = rest.substring(0, rest.length() - 1) + ",\"cnf\":" + claims + "}";
        if (BOUND.verify(Tokens.KEY.sign(HEADER, payload)) instanceof JwtResult.Valid valid
                && valid.token().identity().confirmation().isEmpty()) {
            throw new AssertionError("a bound token passes for a bearer token");
        }
    }

    /** A token is changed in its last bits, for as it is it would be valid. */
    static Stream<byte[]> texts() {
        String text = Tokens.token().text();
        return Stream.of(
                        text.substring(0, text.length() - 4) + "AAAA",
                        text.substring(0, text.lastIndexOf('.') + 1),
                        "..")
                .map(JwtVerifierFuzzTest::bytes);
    }

    static Stream<byte[]> payloads() {
        String claims = Tokens.token()
                .claim("aud", Set.of("orders"))
                .claim("nbf", Tokens.NOW.getEpochSecond())
                .claim("roles", Set.of("a"))
                .text();
        return Stream.of(Tokens.token().text(), claims).map(text -> Base64Url.decode(text.split("\\.")[1]));
    }

    static Stream<byte[]> confirmations() {
        String thumbprint = "A".repeat(43);
        return Stream.of(
                        "{\"jkt\":\"" + thumbprint + "\"}",
                        "{\"x5t#S256\":\"" + thumbprint + "\"}",
                        "{\"jkt\":\"" + thumbprint + "\",\"jwk\":{}}",
                        "null,\"cnf\":{}")
                .map(JwtVerifierFuzzTest::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
