package io.apiguard.authn.jose;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is presented as a token or as a key set is read or refused, and what is read has only one text. */
class CompactJwsFuzzTest {

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void parse_anyText_isReadOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            CompactJws jws = CompactJws.parse(text);
            String again =
                    new String(jws.signingInput(), StandardCharsets.US_ASCII) + "." + Base64Url.encode(jws.signature());
            if (!again.equals(text) || !text.contains("." + Base64Url.encode(jws.payload()) + ".")) {
                throw new AssertionError("a token with two texts");
            }
        } catch (Malformed e) {
            return;
        }
    }

    @MethodSource("headers")
    @FuzzTest(maxDuration = "60s")
    void parse_anyHeader_isReadOrRefused(byte[] header) {
        try {
            CompactJws.parse(Base64Url.encode(header) + ".e30.AA");
        } catch (Malformed e) {
            return;
        }
    }

    @MethodSource("sets")
    @FuzzTest(maxDuration = "60s")
    void parse_anyKeySet_isReadOrRefused(byte[] set) {
        try {
            JwkSet.parse(set);
        } catch (Malformed e) {
            return;
        }
    }

    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";

    static Stream<byte[]> texts() {
        return Stream.of(TestKey.of("k1", JwsAlgorithm.ES256).sign(HEADER, "{\"sub\":\"a\"}"), "e30.e30.AA", "e30..AA")
                .map(CompactJwsFuzzTest::bytes);
    }

    static Stream<byte[]> headers() {
        return Stream.of(
                        HEADER,
                        "{\"alg\":\"none\",\"crit\":[\"exp\"],\"b64\":false,\"jwk\":{},\"x5c\":[\"AA\"],\"jku\":\"https://a\"}",
                        "{\"a\":[[[[1e9,-0.5,null,true,\"\\u0061\"]]]]}")
                .map(CompactJwsFuzzTest::bytes);
    }

    static Stream<byte[]> sets() {
        TestKey ec = TestKey.of("e", JwsAlgorithm.ES384);
        return Stream.of(
                        TestKey.set(TestKey.of("r", JwsAlgorithm.PS256), ec),
                        TestKey.set(TestKey.of("d", JwsAlgorithm.EDDSA), TestKey.ed448("d4")),
                        TestKey.setOf(ec.bareJwk(), "{\"kty\":\"oct\",\"k\":\"AA\"}", "{\"kty\":\"?\"}"))
                .map(CompactJwsFuzzTest::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
