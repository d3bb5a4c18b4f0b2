package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every example of RFC 7520, and those of RFC 7797 and RFC 8037 beside them: verified or decrypted, or refused by a
 * policy that is named. What is written as JSON is put into compact form where its header is protected.
 */
class Rfc7520Test {

    private static final String FOLDER = "rfc/rfc7520-cookbook/";
    private static final int EXAMPLES = 32; // six of them keys
    private static final Map<String, String> OUTCOMES = new TreeMap<>();
    private static final List<SignatureVerifier> PROVIDERS = Stream.of(
                    "platform", "AmazonCorrettoCryptoProvider", "Conscrypt", "fastest")
            .map(SignatureVerifierTest::verifier)
            .filter(Objects::nonNull)
            .toList();

    @AfterAll
    static void print() {
        if (!OUTCOMES.isEmpty()) {
            long right = OUTCOMES.values().stream().filter("right"::equals).count();
            System.out.println("rfc7520: " + OUTCOMES.size() + "/" + EXAMPLES + " examples judged: " + right
                    + " verified or decrypted, " + (OUTCOMES.size() - right) + " by policy:");
            OUTCOMES.forEach((file, outcome) -> System.out.println("  " + file + ": " + outcome));
        }
    }

    private static Map<String, Object> input(Map<String, Object> vector) {
        return Vectors.map(vector.get("input"));
    }

    private static Map<String, Object> output(Map<String, Object> vector) {
        return Vectors.map(vector.get("output"));
    }

    private static Map<String, Object> publicHalf(Object key) {
        Map<String, Object> half = new HashMap<>(Vectors.map(key));
        half.keySet().removeAll(Set.of("d", "p", "q", "dp", "dq", "qi"));
        return half;
    }

    private static boolean accepts(Object key, String token) {
        return Vectors.map(key).get("kty").equals("oct")
                ? WycheproofTest.acceptsHmac(WycheproofTest.set(Vectors.map(key)), token)
                : acceptsByEach(WycheproofTest.set(publicHalf(key)), token);
    }

    /** Every provider that has the algorithm must say the same. */
    private static boolean acceptsByEach(byte[] set, String token) {
        String algorithm = token.startsWith(".") ? "" : CompactJws.parse(token).algorithm();
        List<Boolean> answers = PROVIDERS.stream()
                .filter(provider -> provider.providers().keySet().stream().anyMatch(name -> name.startsWith(algorithm)))
                .map(provider -> WycheproofTest.accepts(provider, set, token))
                .distinct()
                .toList();
        assertThat(answers).as("answers of the providers").hasSize(1);
        return answers.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jws/4_1.rsa_v15_signature.json",
                "jws/4_2.rsa-pss_signature.json",
                "jws/4_3.ecdsa_signature.json",
                "jws/4_4.hmac-sha2_integrity_protection.json",
                "curve25519/jws.json"
            })
    void verify_compactSignature_isRight(String file) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        assertThat(accepts(input(vector).get("key"), (String) output(vector).get("compact")))
                .isTrue();
        OUTCOMES.put(file, "right");
    }

    @Test
    void verify_detachedContent_isRightWithItsContentAlone() throws IOException {
        String file = "jws/4_5.signature_with_detached_content.json";
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        String detached = (String) output(vector).get("compact");
        String payload = Base64Url.encode(((String) input(vector).get("payload")).getBytes(StandardCharsets.UTF_8));
        assertThat(accepts(input(vector).get("key"), detached)).isFalse();
        assertThat(accepts(input(vector).get("key"), detached.replace("..", "." + payload + ".")))
                .isTrue();
        OUTCOMES.put(file, "right");
    }

    @Test
    void verify_unprotectedHeaderBeside_isRightByTheProtectedOne() throws IOException {
        String file = "jws/4_6.protecting_specific_header_fields.json";
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> flat = Vectors.map(output(vector).get("json_flat"));
        assertThat(accepts(input(vector).get("key"), compact(flat, flat))).isTrue();
        OUTCOMES.put(file, "right");
    }

    private static String compact(Map<String, Object> signature, Map<String, Object> all) {
        return signature.getOrDefault("protected", "") + "." + all.get("payload") + "." + signature.get("signature");
    }

    @Test
    void verify_nothingProtected_isRefused() throws IOException {
        String file = "jws/4_7.protecting_content_only.json";
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> flat = Vectors.map(output(vector).get("json_flat"));
        assertThat(accepts(input(vector).get("key"), compact(flat, flat))).isFalse();
        OUTCOMES.put(file, "policy: the header must be protected");
    }

    @Test
    void verify_manySignatures_isRightWhereTheHeaderIsProtected() throws IOException {
        String file = "jws/4_8.multiple_signatures.json";
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> json = Vectors.map(output(vector).get("json"));
        List<Map<String, Object>> signatures = Vectors.list(json.get("signatures"));
        List<?> keys = (List<?>) input(vector).get("key");
        assertThat(accepts(keys.get(0), compact(signatures.get(0), json))).isTrue();
        assertThat(accepts(keys.get(1), compact(signatures.get(1), json))).isFalse();
        assertThat(accepts(keys.get(2), compact(signatures.get(2), json))).isTrue();
        OUTCOMES.put(file, "policy: compact form only (2 of 3 right in it, 1 has no protected header)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc7797/4.2.hmac-sha2_b64_false.json", "rfc7797/hmac-sha2_b64_false.json"})
    void verify_unencodedPayload_isRefused(String file) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> flat = Vectors.map(output(vector).get("json_flat"));
        assertThat(accepts(input(vector).get("key"), compact(flat, flat))).isFalse();
        OUTCOMES.put(file, "policy: no unencoded payload (b64)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwe/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm.json",
                "jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2.json",
                "curve25519/ecdh-es.json"
            })
    void decrypt_permitted_isRight(String file) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        DecryptionKey key = DecryptionKey.of(Vectors.map(input(vector).get("key")));
        assertThat(decrypted(key, (String) output(vector).get("compact")))
                .isEqualTo(input(vector).get("plaintext"));
        OUTCOMES.put(file, "right");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json",
                "jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm.json",
                "jwe/5_6.direct_encryption_using_aes-gcm.json",
                "jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2.json",
                "jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm.json",
                "jwe/5_11.protecting_specific_header_fields.json"
            })
    void decrypt_keyManagementThatIsRefused_isRightByThePermissiveRoute(String file) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> jwk = new HashMap<>(Vectors.map(input(vector).get("key")));
        jwk.putIfAbsent("alg", input(vector).get("alg"));
        assertThatThrownBy(() -> DecryptionKey.of(jwk)).isInstanceOf(Malformed.class);
        String token = output(vector).get("compact") instanceof String compact
                ? compact
                : encrypted(Vectors.map(output(vector).get("json_flat")));
        if (!file.contains("5_11")) { // names its cipher outside the protected header
            assertThat(decrypted(PermissiveKeys.of(jwk), token))
                    .isEqualTo(input(vector).get("plaintext"));
        }
        OUTCOMES.put(
                file,
                "policy: no " + input(vector).get("alg")
                        + (file.contains("5_11") ? ", 'alg' must be protected" : " (right by the permissive route)"));
    }

    private static String encrypted(Map<String, Object> flat) {
        return flat.get("protected") + "." + flat.get("encrypted_key") + "." + flat.get("iv") + "."
                + flat.get("ciphertext") + "." + flat.get("tag");
    }

    private static String decrypted(DecryptionKey key, String token) {
        return new String(new JweDecrypter(List.of(key)).decrypt(CompactJwe.parse(token)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2.json, no key, no passwords (PBES2)",
        "jwe/5_9.compressed_content.json, compressed, no compression (zip)"
    })
    void decrypt_passwordOrCompression_isRefused(String file, String why, String policy) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        DecryptionKey key = TestJwe.of("P-256", "k").decryptionKey();
        assertThatThrownBy(() -> decrypted(key, (String) output(vector).get("compact")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(why);
        OUTCOMES.put(file, "policy: " + policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwe/5_10.including_additional_authentication_data.json",
                "jwe/5_12.protecting_content_only.json",
                "jwe/5_13.encrypting_to_multiple_recipients.json"
            })
    void decrypt_jsonForm_isRefused(String file) throws IOException {
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        String json = org.jose4j.json.JsonUtil.toJson(Vectors.map(output(vector).get("json")));
        assertThatThrownBy(() -> CompactJwe.parse(json)).isInstanceOf(Malformed.class);
        OUTCOMES.put(file, "policy: compact form only");
    }

    @Test
    void nestedToken_nestedExample_isTheSignedToken() throws IOException {
        String file = "6.nesting_signatures_and_encryption.json";
        Map<String, Object> vector = Vectors.json(FOLDER + file);
        Map<String, Object> sign = Vectors.map(vector.get("sign"));
        Map<String, Object> encrypt = Vectors.map(vector.get("encrypt"));
        Map<String, Object> jwk = new HashMap<>(Vectors.map(input(encrypt).get("key")));
        jwk.put("alg", input(encrypt).get("alg"));
        assertThatThrownBy(() -> DecryptionKey.of(jwk)).isInstanceOf(Malformed.class);
        String nested = new JweDecrypter(List.of(PermissiveKeys.of(jwk)))
                .nestedToken((String) output(encrypt).get("compact"));
        assertThat(nested).isEqualTo(output(sign).get("compact"));
        assertThat(accepts(input(sign).get("key"), nested)).isTrue();
        OUTCOMES.put(file, "policy: no " + jwk.get("alg") + " (right by the permissive route)");
    }

    @ParameterizedTest
    @CsvSource({
        "jwk/3_1.ec_public_key.json, true",
        "jwk/3_2.ec_private_key.json, false",
        "jwk/3_3.rsa_public_key.json, true",
        "jwk/3_4.rsa_private_key.json, false",
        "jwk/3_5.symmetric_key_mac_computation.json, false",
        "jwk/3_6.symmetric_key_encryption.json, false"
    })
    void parse_key_isReadIfItIsPublic(String file, boolean isPublic) throws IOException {
        Map<String, Object> jwk = Vectors.json(FOLDER + file);
        assertThat(JwkSet.parse(WycheproofTest.set(jwk)).keys()).hasSize(isPublic ? 1 : 0);
        if (file.contains("3_5")) {
            assertThat(HmacKey.everyVerifierCanForge(jwk).algorithm()).isEqualTo(HmacAlgorithm.HS256);
        } else if (!isPublic && !file.contains("3_6")) {
            assertThat(JwkSet.parse(WycheproofTest.set(publicHalf(jwk))).keys()).hasSize(1);
        }
        OUTCOMES.put(file, "right");
    }
}
