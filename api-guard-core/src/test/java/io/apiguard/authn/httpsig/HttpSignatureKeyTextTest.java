package io.apiguard.authn.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSignatureKeyTextTest {

    private static final SignerGrant SIGNER = SignerGrant.of("partner");
    private static final KeyPair EDWARDS = pair("Ed25519", null);
    private static final KeyPair P256 = pair("EC", "secp256r1");
    private static final KeyPair P384 = pair("EC", "secp384r1");
    private static final KeyPair RSA = pair("RSA", null);

    private static KeyPair pair(String family, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> EDWARDS;
            case ECDSA_P256_SHA256 -> P256;
            case ECDSA_P384_SHA384 -> P384;
            default -> RSA;
        };
    }

    private static String pem(KeyPair pair) {
        return block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String block(String name, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + name + "-----\n" + base64 + "\n-----END " + name + "-----\n";
    }

    private static String jwk(KeyPair pair, String keyId) {
        return PublicKeyMembers.of(pair.getPublic()).entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
                .collect(Collectors.joining(",", "{\"kid\":\"" + keyId + "\",", "}"));
    }

    private static HttpSignatureKey read(SignatureAlgorithm algorithm, String text) {
        return HttpSignatureKey.ofText(algorithm, text.getBytes(StandardCharsets.UTF_8), "key-1", SIGNER);
    }

    private static void assertRefused(SignatureAlgorithm algorithm, String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(algorithm, text))
                .withMessageContaining("partner")
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource(value = SignatureAlgorithm.class, mode = Mode.EXCLUDE, names = "HMAC_SHA256")
    void ofText_everyForm_verifiesWhatTheKeySigned(SignatureAlgorithm algorithm) {
        KeyPair pair = pair(algorithm);
        String other = jwk(algorithm == SignatureAlgorithm.ED25519 ? P256 : EDWARDS, "key-2");
        String set = "{\"keys\":[" + other + "," + jwk(pair, "key-1") + "]}";
        SignedRequest request = SignedRequest.get()
                .signedBy(HttpMessageSigner.of(algorithm, pair.getPrivate(), "key-1")
                        .build());
        for (String text : new String[] {pem(pair), "\n " + pem(pair).replace("\n", "\r\n"), jwk(pair, "any"), set}) {
            HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(
                            HttpSignatureKeys.of(Map.of("key-1", read(algorithm, text))))
                    .replaysPermittedUntilExpiry()
                    .build();
            assertThat(verifier.verify(request, SignedRequest.arrival())).isInstanceOf(HttpSignatureResult.Valid.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage", "[]", "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"})
    void ofText_neitherPemNorJwk_isRefused(String text) {
        assertRefused(SignatureAlgorithm.ED25519, text, "neither one PEM block 'PUBLIC KEY' nor a JWK nor a JWK Set");
    }

    @Test
    void ofText_privateKey_isRefused() {
        String pem = block("PRIVATE KEY", EDWARDS.getPrivate().getEncoded());
        assertRefused(SignatureAlgorithm.ED25519, pem, "neither one PEM block");
        String jwk = jwk(EDWARDS, "key-1").replace("{", "{\"d\":\"AAAA\",");
        assertRefused(SignatureAlgorithm.ED25519, jwk, "a private or symmetric key");
    }

    @Test
    void ofText_twoBlocksOrBrokenBlock_isRefused() {
        assertRefused(SignatureAlgorithm.ED25519, pem(EDWARDS) + pem(EDWARDS), "neither one PEM block");
        String broken = "-----BEGIN PUBLIC KEY-----\n!!!\n-----END PUBLIC KEY-----";
        assertRefused(SignatureAlgorithm.ED25519, broken, "no public key for ed25519");
    }

    @Test
    void ofText_keyOfAnotherAlgorithm_isRefused() {
        assertRefused(SignatureAlgorithm.ED25519, pem(RSA), "no public key for ed25519");
        assertRefused(SignatureAlgorithm.ECDSA_P256_SHA256, pem(P384), "it is not for ecdsa-p256-sha256");
        assertRefused(SignatureAlgorithm.ECDSA_P384_SHA384, jwk(P256, "key-1"), "it is not for ecdsa-p384-sha384");
        assertRefused(SignatureAlgorithm.HMAC_SHA256, pem(EDWARDS), "hmac-sha256");
        String marked = jwk(EDWARDS, "key-1").replace("{", "{\"use\":\"enc\",");
        assertRefused(SignatureAlgorithm.ED25519, marked, "'use'");
    }

    @Test
    void ofText_setWithoutTheKeyOrWithTwo_isRefused() {
        String key = jwk(EDWARDS, "key-1");
        assertRefused(SignatureAlgorithm.ED25519, "{\"keys\":[]}", "a JWK Set with 0 keys of that 'kid'");
        assertRefused(SignatureAlgorithm.ED25519, "{\"keys\":[" + jwk(EDWARDS, "KEY-1") + "]}", "0 keys of that 'kid'");
        assertRefused(SignatureAlgorithm.ED25519, "{\"keys\":[" + key + "," + key + "]}", "2 keys of that 'kid'");
        assertRefused(SignatureAlgorithm.ED25519, "{\"keys\":{}}", "whose 'keys' is no list");
    }
}
