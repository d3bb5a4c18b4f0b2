package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vectors of Project Wycheproof, each judged through the parsers, key readers and verifiers that tokens go through.
 * Where our policy refuses a way to manage keys, the same parser and content cipher judge with {@link PermissiveKeys}.
 */
class WycheproofTest {

    /** They carry algorithm names that their keys contradict, or break a rule of their own file; see the data's README. */
    private static final Map<String, Set<Long>> FAULTY =
            Map.of("signature", Set.of(346L, 347L, 350L, 351L, 372L, 373L), "encryption", Set.of(132L));

    @ParameterizedTest
    @CsvSource({
        "platform, signature",
        "platform, crypto",
        "platform, key",
        "platform, encryption",
        "AmazonCorrettoCryptoProvider, signature",
        "AmazonCorrettoCryptoProvider, crypto",
        "AmazonCorrettoCryptoProvider, key",
        "Conscrypt, signature",
        "Conscrypt, crypto",
        "Conscrypt, key",
        "fastest, signature",
        "fastest, crypto",
        "fastest, key"
    })
    void verify_everyVector_givesItsVerdict(String provider, String name) throws IOException {
        SignatureVerifier signatures = verifier(provider);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        String file = "wycheproof/json_web_" + name + "_test.json";
        for (Map<String, Object> group : Vectors.list(Vectors.json(file).get("testGroups"))) {
            for (Map<String, Object> test : Vectors.list(group.get("tests"))) {
                if (FAULTY.getOrDefault(name, Set.of()).contains(test.get("tcId"))) {
                    counts.merge("faulty, not counted", 1, Integer::sum);
                } else if (contradicts(group, test)) {
                    counts.merge("contradictory, not counted", 1, Integer::sum);
                } else {
                    String outcome = test.containsKey("jwe")
                            ? judgeEncryption(Vectors.map(group.get("private")), test)
                            : judgeSignature(signatures, group, test);
                    counts.merge(outcome, 1, Integer::sum);
                    if (outcome.equals("wrong")) {
                        wrong.add(test.get("tcId") + " " + test.get("comment") + " must be " + test.get("result"));
                    }
                }
            }
        }
        int refused = counts.getOrDefault("compressed, refused by policy", 0);
        int right = counts.values().stream().mapToInt(Integer::intValue).sum()
                - wrong.size()
                - refused
                - counts.getOrDefault("faulty, not counted", 0)
                - counts.getOrDefault("contradictory, not counted", 0);
        System.out.println(
                "wycheproof " + name + " (" + provider + "): " + right + "/" + (right + wrong.size()) + " " + counts);
        assertThat(wrong).isEmpty();
        assertThat(right).isPositive();
        assertThat(refused).isLessThanOrEqualTo(1);
        assertThat(counts.getOrDefault("contradictory, not counted", 0)).isEqualTo(name.equals("signature") ? 2 : 0);
    }

    /** 367 and 370 are called invalid, and are letter for letter 357, which is called valid, under the same key. */
    private static boolean contradicts(Map<String, Object> group, Map<String, Object> test) {
        return test.get("jws") instanceof String jws
                && test.get("result").equals("invalid")
                && Vectors.list(group.get("tests")).stream()
                        .anyMatch(other -> other.get("result").equals("valid") && jws.equals(other.get("jws")));
    }

    private static SignatureVerifier verifier(String provider) {
        SignatureVerifier verifier = SignatureVerifierTest.verifier(provider);
        assumeTrue(verifier != null, "skipped: the provider " + provider + " does not load on this machine");
        return verifier;
    }

    private static String judgeSignature(
            SignatureVerifier signatures, Map<String, Object> group, Map<String, Object> test) {
        Map<String, Object> key = Vectors.map(group.getOrDefault("public", group.get("private")));
        boolean symmetric = JsonUtil.toJson(key).contains("\"oct\"");
        // what is not compact cannot even be handed over
        boolean accepted = test.get("jws") instanceof String jws
                && (symmetric ? acceptsHmac(set(key), jws) : accepts(signatures, set(key), jws));
        if (accepted != test.get("result").equals("valid")) {
            return "wrong";
        }
        return symmetric ? "right by shared secret" : "right by signature";
    }

    static byte[] set(Map<String, Object> key) {
        String json = JsonUtil.toJson(key);
        return (key.containsKey("keys") ? json : TestKey.setOf(json)).getBytes(StandardCharsets.UTF_8);
    }

    static boolean accepts(SignatureVerifier signatures, byte[] set, String token) {
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

    static boolean acceptsHmac(byte[] set, String token) {
        assertThat(JwkSet.parse(set).suiting(null, JwsAlgorithm.RS256)).isEmpty();
        try {
            return HmacKeys.everyVerifierCanForge(set).verify(CompactJws.parse(token));
        } catch (Malformed e) {
            return false;
        }
    }

    private static String judgeEncryption(Map<String, Object> jwk, Map<String, Object> test) {
        boolean valid = test.get("result").equals("valid");
        String outcome = "right by our policy's algorithms";
        if (!(test.get("jwe") instanceof String token)) { // what is not compact cannot even be handed over
            return valid ? "wrong" : outcome;
        }
        DecryptionKey key;
        try {
            key = DecryptionKey.of(jwk);
        } catch (Malformed e) {
            key = PermissiveKeys.of(jwk);
            outcome = "refused by policy, right by " + jwk.get("alg");
        }
        try {
            byte[] plaintext = new JweDecrypter(List.of(key)).decrypt(CompactJwe.parse(token));
            String text = HexFormat.of().formatHex(plaintext); // not every file says what it must be
            return valid && text.equals(test.getOrDefault("pt", text)) ? outcome : "wrong";
        } catch (Malformed e) {
            if (valid && String.valueOf(e.getMessage()).contains("compressed")) {
                return "compressed, refused by policy";
            }
            return valid ? "wrong" : outcome;
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

    private static Object parse(String json) throws IOException {
        try {
            return JsonUtil.parseJson(json);
        } catch (org.jose4j.lang.JoseException e) {
            throw new IOException(e);
        }
    }
}
