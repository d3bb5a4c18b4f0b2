package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 7518 section 3.2. */
class HmacKeyTest {

    private static byte[] secret(int length) {
        byte[] secret = new byte[length];
        Arrays.fill(secret, (byte) 7);
        return secret;
    }

    private static CompactJws token(String header, byte[] secret, String mac) throws Exception {
        String input = Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + ".e30";
        Mac computation = Mac.getInstance(mac);
        computation.init(new SecretKeySpec(secret, mac));
        return CompactJws.parse(
                input + "." + Base64Url.encode(computation.doFinal(input.getBytes(StandardCharsets.US_ASCII))));
    }

    private static void refused(HmacAlgorithm algorithm, byte[] secret, String why) {
        assertThatThrownBy(() -> HmacKey.everyVerifierCanForge(null, algorithm, secret))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource(HmacAlgorithm.class)
    void verify_rightCode_isTrueForThisAlgorithmAlone(HmacAlgorithm algorithm) throws Exception {
        byte[] secret = secret(64);
        HmacKey key = HmacKey.everyVerifierCanForge("a", algorithm, secret);
        for (HmacAlgorithm other : HmacAlgorithm.values()) {
            CompactJws token = token("{\"alg\":\"" + other.id() + "\"}", secret, other.standardName());
            assertThat(key.verify(token)).isEqualTo(other == algorithm);
        }
        String mac = algorithm.standardName();
        assertThat(key.verify(token("{\"alg\":\"" + algorithm + "\",\"kid\":\"a\"}", secret, mac)))
                .isTrue();
        assertThat(key.verify(token("{\"alg\":\"" + algorithm + "\",\"kid\":\"b\"}", secret, mac)))
                .isFalse();
        assertThat(key.verify(token("{\"alg\":\"" + algorithm + "\"}", secret(63), mac)))
                .isFalse();
        assertThat(key.verify(token("{\"alg\":\"none\"}", secret, mac))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(HmacAlgorithm.class)
    void new_secretShorterThanTheHash_isRefused(HmacAlgorithm algorithm) {
        HmacKey.everyVerifierCanForge(null, algorithm, secret(algorithm.size()));
        refused(algorithm, secret(algorithm.size() - 1), "fewer");
        refused(algorithm, new byte[0], "fewer");
        refused(algorithm, secret(1025), "more");
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void new_publicKeyInAnyForm_isRefused(JwsAlgorithm algorithm) { // CVE-2015-9235, CVE-2022-29217
        TestKey key = TestKey.of("k", algorithm);
        byte[] der = key.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] form : List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                ("\n " + pem).getBytes(StandardCharsets.US_ASCII),
                key.jwk().getBytes(StandardCharsets.UTF_8),
                TestKey.set(key).getBytes(StandardCharsets.UTF_8),
                ("ssh-rsa " + Base64.getEncoder().encodeToString(der)).getBytes(StandardCharsets.US_ASCII))) {
            refused(HmacAlgorithm.HS256, form, "public key");
        }
    }

    @Test
    void new_jwk_isHeldToItsPurpose() {
        Map<String, Object> good =
                Map.of("kty", "oct", "alg", "HS256", "k", Base64Url.encode(secret(32)), "use", "sig", "kid", "a");
        assertThat(HmacKey.everyVerifierCanForge(good).keyId()).isEqualTo("a");
        refusedWith(good, "use", "enc");
        refusedWith(good, "alg", "A256KW");
        refusedWith(good, "alg", "RS256");
        refusedWith(good, "alg", null);
        refusedWith(good, "k", "AAAA");
        refusedWith(good, "kty", "RSA");
        refusedWith(good, "key_ops", List.of("sign"));
    }

    private static void refusedWith(Map<String, Object> good, String name, Object value) {
        Map<String, Object> bad = new HashMap<>(good);
        bad.put(name, value);
        assertThatThrownBy(() -> HmacKey.everyVerifierCanForge(bad)).isInstanceOf(Malformed.class);
    }

    @Test
    void newSet_mixedEmptyOrAmbiguous_isRefused() throws Exception {
        String one = "{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"a\",\"k\":\"" + Base64Url.encode(secret(32)) + "\"}";
        String two = one.replace("\"a\"", "\"b\"");
        HmacKeys keys = HmacKeys.everyVerifierCanForge(TestKey.setOf(one, two).getBytes(StandardCharsets.UTF_8));
        assertThat(keys.verify(token("{\"alg\":\"HS256\",\"kid\":\"b\"}", secret(32), "HmacSHA256")))
                .isTrue();
        assertThat(keys.verify(token("{\"alg\":\"HS256\",\"kid\":\"c\"}", secret(32), "HmacSHA256")))
                .isFalse();
        String ec = TestKey.of("e", JwsAlgorithm.ES256).jwk();
        for (String set :
                List.of(TestKey.setOf(one, one), TestKey.setOf(one, ec), TestKey.setOf(), "{}", TestKey.setOf("1"))) {
            assertThatThrownBy(() -> HmacKeys.everyVerifierCanForge(set.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Malformed.class);
        }
        assertThat(JwkSet.parse(TestKey.setOf(one, ec).getBytes(StandardCharsets.UTF_8))
                        .keys())
                .hasSize(1);
    }

    @Test
    void toString_holdsNoSecret() {
        assertThat(HmacKey.everyVerifierCanForge("a", HmacAlgorithm.HS256, secret(32)))
                .hasToString("HmacKey[HS256]");
    }
}
