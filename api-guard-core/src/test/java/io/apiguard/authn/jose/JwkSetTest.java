package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7517, RFC 7518 section 6, RFC 8037. */
class JwkSetTest {

    private static final TestKey EC = TestKey.of("ec", JwsAlgorithm.ES256);
    private static final TestKey RSA = TestKey.of("rsa", JwsAlgorithm.RS256);
    private static final TestKey ED = TestKey.of("ed", JwsAlgorithm.EDDSA);

    private static JwkSet set(String... jwks) {
        return JwkSet.parse(TestKey.setOf(jwks).getBytes(StandardCharsets.UTF_8));
    }

    private static void leftOut(String jwk, String why) {
        JwkSet set = set(jwk);
        assertThat(set.keys()).isEmpty();
        assertThat(set.ignored().keySet()).singleElement().asString().contains(why);
    }

    private static String jwk(TestKey key, String more) {
        return "{" + more + "," + key.members() + "}";
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void parse_keyOfEveryAlgorithm_isThatKey(JwsAlgorithm algorithm) {
        TestKey key = TestKey.of("k", algorithm);
        Jwk read = set(key.jwk()).keys().get(0);
        assertThat(read.key()).isEqualTo(key.pair().getPublic());
        assertThat(read.keyId()).isEqualTo("k");
        assertThat(read.algorithms()).containsExactly(algorithm);
    }

    @Test
    void parse_ed448_isThatKey() {
        TestKey key = TestKey.ed448("k");
        assertThat(set(key.jwk()).keys().get(0).key()).isEqualTo(key.pair().getPublic());
    }

    @Test
    void parse_keyWithoutAlg_isForAllThatSuitIt() {
        assertThat(set(RSA.bareJwk()).keys().get(0).algorithms()).hasSize(6);
        assertThat(set(EC.bareJwk()).keys().get(0).algorithms()).containsExactly(JwsAlgorithm.ES256);
        assertThat(set(ED.bareJwk()).keys().get(0).algorithms()).containsExactly(JwsAlgorithm.EDDSA);
    }

    @Test
    void parse_keyNotForVerifying_isLeftOut() {
        leftOut(jwk(EC, "\"use\":\"enc\""), "'use'");
        leftOut(jwk(EC, "\"use\":1"), "'use'");
        leftOut(jwk(EC, "\"key_ops\":[\"sign\"]"), "'key_ops'");
        leftOut(jwk(EC, "\"key_ops\":[]"), "'key_ops'");
        leftOut(jwk(EC, "\"key_ops\":\"verify\""), "'key_ops'");
        leftOut(jwk(EC, "\"alg\":\"ES384\""), "'alg'");
        leftOut(jwk(EC, "\"alg\":\"ECDH-ES\""), "'alg'");
        leftOut(jwk(RSA, "\"alg\":\"RSA-OAEP\""), "'alg'");
        leftOut(jwk(RSA, "\"alg\":\"HS256\""), "'alg'");
        leftOut(jwk(RSA, "\"alg\":\"none\""), "'alg'");
        leftOut(jwk(EC, "\"alg\":null"), "'alg'");
        leftOut(jwk(EC, "\"kid\":7"), "'kid'");
        leftOut(jwk(EC, "\"kid\":\"" + "x".repeat(257) + "\""), "'kid'");
        assertThat(set(jwk(EC, "\"use\":\"sig\",\"key_ops\":[\"sign\",\"verify\"]"))
                        .keys())
                .hasSize(1);
    }

    @Test
    void parse_privateSymmetricOrUnknownKey_isLeftOut() {
        leftOut(jwk(EC, "\"d\":\"AA\""), "private or symmetric");
        leftOut(jwk(RSA, "\"d\":\"AA\""), "private or symmetric");
        leftOut("{\"kty\":\"oct\",\"k\":\"AAAA\"}", "private or symmetric");
        leftOut("{\"kty\":\"oct\"}", "unknown type");
        leftOut("{\"kty\":\"AKP\"}", "unknown type");
        leftOut("{\"kty\":\"rsa\"}", "unknown type");
        leftOut("{}", "'kty'");
        leftOut("null", "not an object");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2047})
    void parse_shortRsaKey_isLeftOut(int bits) { // CVE-2026-44699
        leftOut(TestKey.rsa("k", bits, 65537).jwk(), "2048");
    }

    @Test
    void parse_rsaExponent_isBounded() {
        String n = RSA.jwk().replaceAll(".*\"n\":\"([^\"]*)\".*", "$1");
        for (String e : new String[] {"", "AA", "AQ", "Ag", "BA"}) { // none, 0, 1, 2, 4
            leftOut("{\"kty\":\"RSA\",\"n\":\"" + n + "\",\"e\":\"" + e + "\"}", "exponent");
        }
        leftOut("{\"kty\":\"RSA\",\"n\":\"" + n + "\",\"e\":\"AQAAAAAAAAAB\"}", "more than 64 bits");
        assertThat(set(TestKey.rsa("k", 2048, 3).jwk()).keys()).hasSize(1);
        leftOut(
                "{\"kty\":\"RSA\",\"n\":\"" + Base64Url.encode(new byte[1025]).replaceFirst("AA", "_w")
                        + "\",\"e\":\"Aw\"}",
                "8192");
        leftOut(
                "{\"kty\":\"RSA\",\"n\":\""
                        + Base64Url.encode(BigInteger.ONE.shiftLeft(2047).toByteArray()) + "\",\"e\":\"Aw\"}",
                "even");
        leftOut("{\"kty\":\"RSA\",\"n\":\"" + n + "=\",\"e\":\"AQAB\"}", "alphabet");
        leftOut("{\"kty\":\"RSA\",\"n\":7,\"e\":\"AQAB\"}", "'n'");
        leftOut("{\"kty\":\"RSA\",\"e\":\"AQAB\"}", "'n'");
    }

    @Test
    void parse_pointNotOnItsCurve_isLeftOut() { // CVE-2017-12974
        ECPublicKey key = (ECPublicKey) EC.pair().getPublic();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger p = EcCurve.P_256.parameters().getCurve().getField() instanceof java.security.spec.ECFieldFp f
                ? f.getP()
                : null;
        leftOut(point("P-256", x, y.add(BigInteger.ONE)), "not on its curve");
        leftOut(point("P-256", BigInteger.ZERO, BigInteger.ZERO), "not on its curve");
        leftOut(point("P-256", y, x), "not on its curve");
        leftOut(point("P-256", p, y), "not on its curve");
        leftOut(point("secp256k1", x, y), "unknown curve");
        leftOut(point("P-384", x, y), "wrong length");
        leftOut(EC.bareJwk().replace("\"x\":\"", "\"x\":\"AAAA"), "wrong length");
        assertThat(set(point("P-256", x, p.subtract(y))).keys()).hasSize(1);
    }

    private static String point(String curve, BigInteger x, BigInteger y) {
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\"" + TestKey.fixed(x, 32) + "\",\"y\":\""
                + TestKey.fixed(y, 32) + "\"}";
    }

    @Test
    void parse_edwardsKeyOfWrongLengthOrCurve_isLeftOut() {
        leftOut(ED.bareJwk().replace("\"x\":\"", "\"x\":\"AAAA"), "wrong length");
        leftOut(ED.bareJwk().replace("Ed25519", "Ed448"), "wrong length");
        leftOut(ED.bareJwk().replace("Ed25519", "X25519"), "not for signatures");
    }

    @Test
    void parse_edwardsKeyNotOnItsCurveOrOfSmallOrder_isLeftOut() { // RFC 8032 section 5.1.3
        for (String hex : new String[] {
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "0200000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        }) {
            leftOut(okp("Ed25519", java.util.HexFormat.of().parseHex(hex)), "not on its curve, or of small order");
        }
        byte[] ed448 = new byte[57];
        leftOut(okp("Ed448", ed448), "small order");
        ed448[0] = 1;
        leftOut(okp("Ed448", ed448), "small order");
        java.util.Arrays.fill(ed448, (byte) 0x7f);
        leftOut(okp("Ed448", ed448), "not on its curve");
        for (int i = 0; i < 20; i++) { // half of all texts are no points, so our own keys must be all points
            assertThat(set(TestKey.of("k", JwsAlgorithm.EDDSA).jwk()).keys()).hasSize(1);
            assertThat(set(TestKey.ed448("k").jwk()).keys()).hasSize(1);
        }
    }

    private static String okp(String curve, byte[] x) {
        return "{\"kty\":\"OKP\",\"crv\":\"" + curve + "\",\"x\":\"" + Base64Url.encode(x) + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
    void parse_keyWithAPrivateMember_isLeftOut(String member) { // RFC 7518 section 6
        leftOut(jwk(RSA, "\"" + member + "\":\"AQAB\""), "private or symmetric");
        leftOut(jwk(RSA, "\"" + member + "\":null"), "private or symmetric");
    }

    @Test
    void parse_certificateChain_mustBeOfTheKeyIfItIsThere() { // RFC 7517 section 4.7
        String certified =
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + CERTIFIED_X + "\",\"y\":\"" + CERTIFIED_Y + "\"";
        String chain = ",\"x5c\":[\"" + CERTIFICATE + "\"";
        assertThat(set(certified + "}").keys()).hasSize(1);
        assertThat(set(certified + chain + "]}").keys()).hasSize(1);
        assertThat(set(certified + chain + ",\"not even read\"]}").keys()).hasSize(1);
        for (TestKey other : new TestKey[] {EC, RSA, ED}) {
            leftOut("{" + other.members() + chain + "]}", "another key");
        }
        for (String broken :
                new String[] {"null", "[]", "{}", "\"" + CERTIFICATE + "\"", "[7]", "[\"" + "A".repeat(32769) + "\"]"
                }) {
            leftOut(certified + ",\"x5c\":" + broken + "}", "not an array of certificates");
        }
        for (String broken : new String[] {
            "",
            "AAAA",
            "*",
            CERTIFICATE.substring(4),
            CERTIFICATE.replace('/', '_').replace('+', '-') + "-"
        }) {
            leftOut(certified + ",\"x5c\":[\"" + broken + "\"]}", "cannot be read");
        }
    }

    private static final String CERTIFIED_X = "W51t9-XVJXDr2xBTCp5mX7MfvOku7R23XzZ_z2tElvo";
    private static final String CERTIFIED_Y = "d_fKhgi9LCGdvA0HBWOioG7Bnhl7fnqd1xWNNj3eSE8";

    /** Self-signed, of the key above. */
    private static final String CERTIFICATE =
            "MIIBbzCCARWgAwIBAgIUWRMyS1OVV/rVzbW1O4L0yRriZjwwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjUxMjU4"
                    + "MTNaGA8yMTI2MTEwMTEyNTgxM1owDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFudbffl1SVw69sQUwqe"
                    + "Zl+zH7zpLu0dt182f89rRJb6d/fKhgi9LCGdvA0HBWOioG7Bnhl7fnqd1xWNNj3eSE+jUzBRMB0GA1UdDgQWBBQtngjUteEbO8IE"
                    + "zqHIuNwCjntO4TAfBgNVHSMEGDAWgBQtngjUteEbO8IEzqHIuNwCjntO4TAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gA"
                    + "MEUCIDFvoYDWhpMR2jX7EHgMIbn0baxJ9cVNp8FPo93IqseoAiEA2urlzggWrevsInVoZPTKGR9ckirzX3XlZqcBq6X+V10=";

    @Test
    void parse_sharedKeyId_leavesBothOutUnlessTheirAlgorithmsDiffer() {
        assertThat(set(EC.jwk(), TestKey.of("ec", JwsAlgorithm.ES256).jwk()).keys())
                .isEmpty();
        assertThat(set(EC.jwk(), EC.jwk()).keys()).hasSize(1);
        assertThat(set(EC.jwk(), RSA.as("ec").jwk()).keys()).hasSize(2);
        assertThat(set(RSA.jwk(), RSA.with(JwsAlgorithm.PS256).jwk()).keys()).hasSize(2);
        assertThat(set(RSA.jwk(), RSA.bareJwk()).keys()).isEmpty();
    }

    @Test
    void parse_noKeySet_isRefused() {
        for (String json :
                new String[] {"", "[]", "{}", "{\"keys\":null}", "{\"keys\":{}}", TestKey.setOf("1,".repeat(100) + "1")
                }) {
            assertThatThrownBy(() -> JwkSet.parse(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void suiting_keyIdAndAlgorithm_chooseTogether() {
        JwkSet set = set(EC.jwk(), RSA.bareJwk(), ED.jwk());
        assertThat(set.suiting("ec", JwsAlgorithm.ES256)).hasSize(1);
        assertThat(set.suiting("ec", JwsAlgorithm.RS256)).isEmpty();
        assertThat(set.suiting("other", JwsAlgorithm.ES256)).isEmpty();
        assertThat(set.suiting(null, JwsAlgorithm.PS512)).hasSize(1);
        assertThat(set.has("rsa")).isTrue();
        assertThat(set.has("RSA")).isFalse();
    }

    @Test
    void within_comparesKeysWithIdAndPurpose() {
        assertThat(set(EC.jwk()).within(set(RSA.jwk(), EC.jwk()))).isTrue();
        assertThat(set(EC.jwk()).within(set(EC.as("other").jwk()))).isFalse();
        assertThat(set(RSA.jwk()).within(set(RSA.with(JwsAlgorithm.PS256).jwk())))
                .isFalse();
    }

    @Test
    void verify_ecdsaHalvesOutOfRange_isFalse() { // CVE-2022-21449
        SignatureVerifier verifier = new SignatureVerifier(null);
        byte[] input = {1, 2, 3};
        byte[] good = EC.signature(input);
        byte[] order = EcCurve.P_256.parameters().getOrder().toByteArray();
        assertThat(verifier.verify(JwsAlgorithm.ES256, EC.pair().getPublic(), input, good))
                .isTrue();
        for (int at : new int[] {0, 32}) {
            byte[] zero = good.clone();
            java.util.Arrays.fill(zero, at, at + 32, (byte) 0);
            assertThat(verifier.verify(JwsAlgorithm.ES256, EC.pair().getPublic(), input, zero))
                    .isFalse();
            byte[] full = good.clone();
            System.arraycopy(order, order.length - 32, full, at, 32);
            assertThat(verifier.verify(JwsAlgorithm.ES256, EC.pair().getPublic(), input, full))
                    .isFalse();
        }
        assertThat(verifier.verify(JwsAlgorithm.ES256, RSA.pair().getPublic(), input, good))
                .isFalse();
        assertThat(verifier.verify(JwsAlgorithm.EDDSA, ED.pair().getPublic(), input, good))
                .isFalse();
        assertThat(verifier.verify(JwsAlgorithm.RS256, RSA.pair().getPublic(), input, new byte[0]))
                .isFalse();
    }

    @Test
    void ignored_manyReasons_areCounted() {
        assertThat(set("{\"kty\":\"oct\",\"k\":\"\"}", "{\"kty\":\"oct\",\"k\":\"\"}", EC.jwk())
                        .ignored())
                .isEqualTo(Map.of("a private or symmetric key", 2));
    }
}
