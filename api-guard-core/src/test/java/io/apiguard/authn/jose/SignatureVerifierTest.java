package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7518 section 3, RFC 8037 section 3.1, by each provider. */
class SignatureVerifierTest {

    private static final byte[] INPUT = "header.payload".getBytes(StandardCharsets.US_ASCII);

    /** Returns a verifier that computes with the given provider, or {@code null} where its native code does not load. */
    static SignatureVerifier verifier(String provider) {
        try {
            SignatureVerifier verifier = new SignatureVerifier(provider.equals("fastest") ? null : provider);
            return verifier.providers().isEmpty() ? null : verifier;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static SignatureVerifier demanded(String provider) {
        SignatureVerifier verifier = verifier(provider);
        assumeTrue(verifier != null, "skipped: the provider " + provider + " does not load on this machine");
        return verifier;
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "AmazonCorrettoCryptoProvider", "Conscrypt", "fastest"})
    void verify_everyAlgorithmOfAProvider_acceptsTheRightAndRefusesEachChange(String provider) {
        SignatureVerifier verifier = demanded(provider);
        System.out.println("signature provider " + provider + ": " + verifier.providers());
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            if (verifier.providers().keySet().stream().noneMatch(id -> id.startsWith(algorithm.id()))) {
                continue;
            }
            TestKey key = TestKey.of("k", algorithm);
            byte[] good = key.signature(INPUT);
            for (int time = 0; time < 2; time++) { // the second time with the prepared key
                assertThat(judged(verifier, key, INPUT, good))
                        .as(algorithm.id())
                        .isTrue();
                for (int at : new int[] {0, good.length / 2, good.length - 1}) {
                    byte[] changed = good.clone();
                    changed[at] ^= 1;
                    assertThat(judged(verifier, key, INPUT, changed)).isFalse();
                }
                assertThat(judged(verifier, key, new byte[] {1}, good)).isFalse();
                assertThat(judged(verifier, key, INPUT, new byte[0])).isFalse();
                assertThat(judged(verifier, key, INPUT, new byte[good.length])).isFalse();
                assertThat(judged(verifier, key, INPUT, Arrays.copyOf(good, good.length + 1)))
                        .isFalse();
                assertThat(judged(verifier, key, INPUT, Arrays.copyOf(good, good.length - 1)))
                        .isFalse();
                assertThat(judged(verifier, TestKey.of("k", algorithm), INPUT, good))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "AmazonCorrettoCryptoProvider", "Conscrypt", "fastest"})
    void verify_manyThreadsWithRightAndWrongSignatures_neverMixesThemUp(String provider) throws Exception {
        SignatureVerifier verifier = demanded(provider);
        for (JwsAlgorithm algorithm :
                List.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA)) {
            if (verifier.providers().keySet().stream().noneMatch(id -> id.startsWith(algorithm.id()))) {
                continue;
            }
            TestKey key = TestKey.of("k", algorithm);
            ExecutorService threads = Executors.newFixedThreadPool(12); // more than objects are kept
            List<Callable<Boolean>> checks = new ArrayList<>();
            for (int i = 0; i < 240; i++) {
                byte[] input = ("header.payload" + i).getBytes(StandardCharsets.US_ASCII);
                byte[] signature = key.signature(input);
                int wrong = i % 3;
                checks.add(() -> switch (wrong) {
                    case 0 -> judged(verifier, key, input, signature);
                    case 1 -> !judged(verifier, key, INPUT, signature);
                    default -> !judged(verifier, key, input, new byte[signature.length]);
                });
            }
            for (Future<Boolean> right : threads.invokeAll(checks)) {
                assertThat(right.get()).as(algorithm.id()).isTrue();
            }
            threads.shutdown();
        }
    }

    private static boolean judged(SignatureVerifier verifier, TestKey key, byte[] input, byte[] signature) {
        return verifier.verify(key.algorithm(), key.pair().getPublic(), input, signature);
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void verify_fastest_hasEveryAlgorithm(JwsAlgorithm algorithm) {
        TestKey key = TestKey.of("k", algorithm);
        assertThat(judged(new SignatureVerifier(null), key, INPUT, key.signature(INPUT)))
                .isTrue();
        for (JwsAlgorithm other : JwsAlgorithm.values()) {
            assertThat(other != algorithm
                            && new SignatureVerifier(null)
                                    .verify(other, key.pair().getPublic(), INPUT, key.signature(INPUT)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "fastest"})
    void verify_ed448_isThePlatforms(String provider) {
        SignatureVerifier verifier = demanded(provider);
        TestKey key = TestKey.ed448("k");
        assertThat(judged(verifier, key, INPUT, key.signature(INPUT))).isTrue();
        assertThat(judged(verifier, key, INPUT, new byte[64])).isFalse();
        assertThat(verifier.providers().get("EdDSA (Ed448)")).startsWith("SunEC");
    }

    @ParameterizedTest
    @CsvSource({"platform, 3", "fastest, 3", "platform, 18446744073709551557", "fastest, 18446744073709551557"})
    void verify_unusualExponent_isComputedBySomeone(String provider, java.math.BigInteger exponent) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
        java.security.KeyPair pair = generator.generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(INPUT);
        assertThat(demanded(provider).verify(JwsAlgorithm.RS256, pair.getPublic(), INPUT, signature.sign()))
                .isTrue();
    }

    @Test
    void verify_keyThatThrows_isFalse() {
        PublicKey broken = org.mockito.Mockito.mock(java.security.interfaces.RSAPublicKey.class, call -> {
            if (call.getMethod().getName().equals("getModulus")) {
                return java.math.BigInteger.ONE.shiftLeft(2047);
            }
            throw new IllegalStateException();
        });
        assertThat(new SignatureVerifier(null).verify(JwsAlgorithm.RS256, broken, INPUT, new byte[256]))
                .isFalse();
    }

    @Test
    void providers_forcedToThePlatform_areTheJdks() {
        assertThat(new SignatureVerifier(SignatureVerifier.PLATFORM).providers())
                .hasSize(11)
                .allSatisfy((id, name) -> assertThat(name).startsWith("Sun"));
    }

    @Test
    void providers_fastest_areTheAcceleratedWhereThereIsOne() {
        demanded("AmazonCorrettoCryptoProvider");
        assertThat(new SignatureVerifier(null).providers())
                .hasSize(11)
                .hasEntrySatisfying("ES256", name -> assertThat(name).startsWith("AmazonCorretto"))
                .hasEntrySatisfying("EdDSA (Ed25519)", name -> assertThat(name).startsWith("AmazonCorretto"));
    }

    @Test
    void providers_afterUse_areNotInstalled() {
        List<String> before =
                Arrays.stream(Security.getProviders()).map(Object::toString).toList();
        new SignatureVerifier(null);
        assertThat(Arrays.stream(Security.getProviders()).map(Object::toString)).isEqualTo(before);
        assertThat(Security.getProvider("AmazonCorrettoCryptoProvider")).isNull();
        assertThat(Security.getProvider("Conscrypt")).isNull();
    }

    @Test
    void new_unknownProvider_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignatureVerifier("NoSuch"))
                .withMessageContaining("NoSuch");
    }

    @Test
    void verify_algorithmThatTheNamedProviderLacks_isFalse() {
        TestKey key = TestKey.of("k", JwsAlgorithm.RS256);
        SignatureVerifier verifier = new SignatureVerifier("SunEC");
        assertThat(judged(verifier, key, INPUT, key.signature(INPUT))).isFalse();
        assertThat(verifier.providers()).containsKey("ES256").doesNotContainKey("RS256");
    }
}
