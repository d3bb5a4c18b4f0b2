package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JWS and JWK vectors of Project Wycheproof, through the parser, the key set and the verifier that tokens go
 * through. Vectors that are valid with a symmetric key are refused by policy and counted apart; those that are invalid
 * with one say nothing about us, since we refuse before we look, and are counted apart too.
 */
class WycheproofTest {

    /** Valid and invalid are mixed up in these: they carry algorithm names that their keys contradict. */
    private static final Set<Long> FAULTY = Set.of(346L, 347L, 350L, 351L, 372L, 373L);

    private final SignatureVerifier signatures = new SignatureVerifier(null);

    @ParameterizedTest
    @ValueSource(strings = {"json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"})
    void verify_everyVector_givesItsVerdict(String file) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> group :
                Vectors.list(Vectors.json("wycheproof/" + file).get("testGroups"))) {
            Map<String, Object> key = Vectors.map(group.getOrDefault("public", group.get("private")));
            for (Map<String, Object> test : Vectors.list(group.get("tests"))) {
                judge(file, key, test, counts, wrong);
            }
        }
        int right = counts.getOrDefault("right", 0);
        System.out.println("wycheproof " + file + ": " + right + "/" + (right + wrong.size())
                + ", symmetric keys refused by policy: "
                + counts.getOrDefault("symmetric", 0) + ", encryption: " + counts.getOrDefault("jwe", 0) + ", faulty: "
                + counts.getOrDefault("faulty", 0));
        assertThat(wrong).isEmpty();
        assertThat(right).isPositive();
    }

    private void judge(
            String file,
            Map<String, Object> key,
            Map<String, Object> test,
            Map<String, Integer> counts,
            List<String> wrong) {
        boolean symmetric = JsonUtil.toJson(key).contains("\"oct\"");
        boolean accepted = test.get("jws") instanceof String jws && accepts(set(key), jws);
        if (!(test.get("jws") instanceof String)) {
            counts.merge("jwe", 1, Integer::sum);
        } else if (file.contains("signature") && FAULTY.contains(test.get("tcId"))) {
            counts.merge("faulty", 1, Integer::sum);
        } else if (symmetric && !accepted) {
            counts.merge("symmetric", 1, Integer::sum);
        } else if (accepted == test.get("result").equals("valid")) {
            counts.merge("right", 1, Integer::sum);
        } else {
            wrong.add(test.get("tcId") + " " + test.get("comment") + " must be " + test.get("result"));
        }
    }

    private static byte[] set(Map<String, Object> key) {
        String json = JsonUtil.toJson(key);
        return (key.containsKey("keys") ? json : TestKey.setOf(json)).getBytes(StandardCharsets.UTF_8);
    }

    private boolean accepts(byte[] set, String token) {
        try {
            CompactJws jws = CompactJws.parse(token);
            JwsAlgorithm algorithm = JwsAlgorithm.of(jws.algorithm());
            return algorithm != null
                    && JwkSet.parse(set).suiting(jws.keyId(), algorithm).stream()
                            .anyMatch(key ->
                                    signatures.verify(algorithm, key.key(), jws.signingInput(), jws.signature()));
        } catch (Malformed e) {
            return false;
        }
    }

    @Test
    void thumbprint_vectorsOfRfc7638_areEqual() throws IOException {
        String text = java.nio.file.Files.readString(Vectors.file("rfc/rfc7638/thumbprint-vectors.json"));
        Map<String, Object> wrapped = Vectors.map(Vectors.map(parse("{\"all\":" + text + "}")));
        List<Map<String, Object>> all = Vectors.list(wrapped.get("all"));
        for (Map<String, Object> vector : all) {
            Jwk key = Jwk.of(StrictJson.object(((String) vector.get("jwk")).getBytes(StandardCharsets.UTF_8)));
            assertThat(key.thumbprint()).isEqualTo(vector.get("thumbprint"));
        }
        System.out.println("rfc7638: " + all.size() + "/" + all.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jws/4_1.rsa_v15_signature.json",
                "jws/4_2.rsa-pss_signature.json",
                "jws/4_3.ecdsa_signature.json",
                "curve25519/jws.json"
            })
    void verify_cookbookOfRfc7520_isValid(String file) throws IOException {
        Map<String, Object> vector = Vectors.json("rfc/rfc7520-cookbook/" + file);
        Map<String, Object> input = Vectors.map(vector.get("input"));
        Map<String, Object> key = new TreeMap<>(Vectors.map(input.get("key")));
        key.keySet().removeAll(Set.of("d", "p", "q", "dp", "dq", "qi"));
        assertThat(accepts(set(key), (String) Vectors.map(vector.get("output")).get("compact")))
                .isTrue();
    }

    private static Object parse(String json) throws IOException {
        try {
            return JsonUtil.parseJson(json);
        } catch (org.jose4j.lang.JoseException e) {
            throw new IOException(e);
        }
    }
}
