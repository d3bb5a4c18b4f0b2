package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7516, RFC 7518 sections 4 and 5, RFC 7519 section 5.2, RFC 8037 section 3.2. */
class JweDecrypterTest {

    private static final String SIGNED = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA";
    private static final TestJwe RSA = TestJwe.of("RSA", "rsa");
    private static final TestJwe EC = TestJwe.of("P-256", "ec");

    private static JweDecrypter with(TestJwe... keys) {
        return new JweDecrypter(Stream.of(keys).map(TestJwe::decryptionKey).toList());
    }

    private static void refused(JweDecrypter decrypter, String token, String why) {
        assertThatThrownBy(() -> decrypter.nestedToken(token))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(why);
    }

    static Stream<Arguments> combinations() {
        return Stream.of("RSA", "P-256", "P-384", "P-521", "X25519").flatMap(kind -> (kind.equals("RSA")
                        ? Stream.of("RSA-OAEP-256")
                        : Stream.of("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"))
                .map(alg -> Arguments.of(kind, alg)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void nestedToken_everyAlgorithmAndCipher_isWhatWasEncrypted(String kind, String alg) {
        TestJwe key = TestJwe.of(kind, "k");
        for (ContentEncryption encryption : ContentEncryption.values()) {
            String token = key.encrypt(alg, encryption.id(), SIGNED);
            assertThat(with(key).nestedToken(token)).isEqualTo(SIGNED);
            refused(with(TestJwe.of(kind, "k")), token, "cannot be decrypted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A128GCM", "A256CBC-HS512"})
    void nestedToken_anyPartChanged_isRefusedWithOneMessage(String enc) {
        for (TestJwe key : List.of(RSA, EC)) {
            String token = key.encrypt(key == RSA ? "RSA-OAEP-256" : "ECDH-ES+A128KW", enc, SIGNED);
            String[] parts = token.split("\\.");
            for (int part = 1; part < parts.length; part++) {
                byte[] bytes = Base64Url.decode(parts[part]);
                for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                    bytes[at] ^= 1;
                    refused(with(key), replaced(parts, part, Base64Url.encode(bytes)), "cannot be decrypted");
                    bytes[at] ^= 1;
                }
            }
            String header = new String(Base64Url.decode(parts[0]), StandardCharsets.UTF_8).replace("{", "{ ");
            refused(with(key), replaced(parts, 0, encoded(header)), "cannot be decrypted");
        }
    }

    private static String replaced(String[] parts, int at, String by) {
        String[] changed = parts.clone();
        changed[at] = by;
        return String.join(".", changed);
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nestedToken_partOfWrongLengthOrForm_isRefused() {
        String token = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED);
        String[] parts = token.split("\\.");
        JweDecrypter decrypter = with(RSA);
        for (int part : new int[] {2, 4}) {
            byte[] bytes = Base64Url.decode(parts[part]);
            for (int length : new int[] {0, 4, bytes.length - 1, bytes.length + 1, bytes.length + 4}) {
                refused(
                        decrypter,
                        replaced(parts, part, Base64Url.encode(java.util.Arrays.copyOf(bytes, length))),
                        "wrong length");
            }
        }
        refused(decrypter, replaced(parts, 1, ""), "cannot be decrypted");
        refused(decrypter, replaced(parts, 1, parts[1] + "AAAA"), "cannot be decrypted");
        for (int part = 0; part < parts.length; part++) {
            refused(decrypter, replaced(parts, part, parts[part] + "="), "");
            refused(decrypter, replaced(parts, part, parts[part] + " "), "");
            refused(decrypter, replaced(parts, part, "+" + parts[part]), "");
        }
        refused(decrypter, token + ".", "five parts");
        refused(decrypter, token.substring(0, token.lastIndexOf('.')), "five parts");
        refused(decrypter, "", "five parts");
        refused(decrypter, "....", "");
        refused(decrypter, ".".repeat(64 * 1024), "five parts");
        refused(decrypter, "A".repeat(64 * 1024 + 1), "more than");
        refused(decrypter, encoded("{\"alg\":\"" + "x".repeat(4096) + "\"}") + "....", "header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"zip\":\"DEF\"",
                "\"zip\":null",
                "\"crit\":[]",
                "\"crit\":[\"exp\"]",
                "\"b64\":false",
                "\"kid\":7",
                "\"cty\":7",
                "\"alg\":\"RSA-OAEP-256\"",
                "\"enc\":\"A256GCM\"",
                "\"a\":\"\\ud800\""
            })
    void parse_headerWithWhatIsNotUnderstood_isRefused(String member) {
        String token = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED);
        String[] parts = token.split("\\.");
        String header = "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\"," + member + "}";
        assertThatThrownBy(() -> CompactJwe.parse(replaced(parts, 0, encoded(header))))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a128gcm", "A128CBC", "none", "A128KW", ""})
    void parse_unknownCipher_isRefused(String enc) {
        String[] parts = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED).split("\\.");
        String header = "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"" + enc + "\"}";
        assertThatThrownBy(() -> CompactJwe.parse(replaced(parts, 0, encoded(header))))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("'enc'");
    }

    @Test
    void nestedToken_algorithmThatIsNotTheKeys_isRefused() {
        refused(with(RSA), RSA.encrypt("RSA-OAEP", "A128GCM", SIGNED), "no key");
        refused(with(RSA), EC.encrypt("ECDH-ES", "A128GCM", SIGNED), "no key");
        String[] parts = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED).split("\\.");
        for (String alg : List.of("RSA1_5", "dir", "A128KW", "A256GCMKW", "PBES2-HS256+A128KW", "none")) {
            refused(
                    with(RSA, EC),
                    replaced(parts, 0, encoded("{\"alg\":\"" + alg + "\",\"enc\":\"A128GCM\",\"cty\":\"JWT\"}")),
                    "no key");
        }
        Map<String, Object> pinned = EC.jwk();
        pinned.put("alg", "ECDH-ES+A256KW");
        refused(
                new JweDecrypter(List.of(DecryptionKey.of(pinned))),
                EC.encrypt("ECDH-ES+A128KW", "A128GCM", SIGNED),
                "no key");
    }

    @Test
    void nestedToken_keyId_choosesTheKey() {
        TestJwe other = TestJwe.of("RSA", "other");
        String token = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED);
        assertThat(with(other, EC, RSA).nestedToken(token)).isEqualTo(SIGNED);
        refused(with(other), token, "no key");
        String unnamed = RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED, Map.of("cty", "jwt"));
        assertThat(with(other, TestJwe.of("P-256", "x"), RSA).nestedToken(unnamed))
                .isEqualTo(SIGNED);
        refused(with(other), unnamed, "cannot be decrypted");
        String toEc = EC.encrypt("ECDH-ES", "A128GCM", SIGNED, Map.of("cty", "JWT"));
        assertThat(with(TestJwe.of("P-384", "a"), TestJwe.of("X25519", "b"), EC).nestedToken(toEc))
                .isEqualTo(SIGNED);
    }

    @Test
    void nestedToken_whatIsInsideIsNotSigned_isRefused() { // CVE-2026-29000
        for (String inside : List.of("{\"sub\":\"admin\"}", "", "a.b", "a.b.c.d", "\u00e9.a.b")) {
            refused(with(RSA), RSA.encrypt("RSA-OAEP-256", "A128GCM", inside), "not signed");
        }
        String twice = RSA.encrypt("RSA-OAEP-256", "A128GCM", RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED));
        refused(with(RSA), twice, "not signed");
        refused(with(RSA), RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED, Map.of()), "'cty'");
        refused(with(RSA), RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED, Map.of("cty", "JSON")), "'cty'");
    }

    @Test
    void nestedToken_ephemeralKeyMissingOrBroken_isRefused() {
        String[] parts = EC.encrypt("ECDH-ES", "A128GCM", SIGNED).split("\\.");
        String good = new String(Base64Url.decode(parts[0]), StandardCharsets.UTF_8);
        for (String epk : List.of(
                "null",
                "{}",
                "[]",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                point("P-256", 32, 0),
                point("P-256", 32, 1),
                point("P-384", 48, 0),
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + Base64Url.encode(new byte[32]) + "\"}")) {
            String header = good.replaceAll("\"epk\":\\{[^}]*}", "\"epk\":" + epk);
            refused(with(EC), replaced(parts, 0, encoded(header)), "");
        }
    }

    private static String point(String curve, int size, int last) {
        byte[] bytes = new byte[size];
        bytes[size - 1] = (byte) last;
        String number = Base64Url.encode(bytes);
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\"" + number + "\",\"y\":\"" + number + "\"}";
    }

    @Test
    void nestedToken_montgomeryPointOfSmallOrder_isRefused() { // RFC 7748 section 6.1
        TestJwe key = TestJwe.of("X25519", "k");
        String[] parts = key.encrypt("ECDH-ES", "A128GCM", SIGNED).split("\\.");
        String good = new String(Base64Url.decode(parts[0]), StandardCharsets.UTF_8);
        for (int y : new int[] {0, 1}) {
            byte[] point = new byte[32];
            point[0] = (byte) y;
            String header = good.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"" + Base64Url.encode(point) + "\"");
            refused(with(key), replaced(parts, 0, encoded(header)), "cannot be decrypted");
        }
    }

    @Test
    void of_keyNotForDecrypting_isRefused() {
        refusedKey(RSA, "use", "sig", "'use'");
        refusedKey(RSA, "key_ops", List.of("verify"), "'key_ops'");
        refusedKey(RSA, "alg", "RSA-OAEP", "'alg'");
        refusedKey(RSA, "alg", "RSA1_5", "'alg'");
        refusedKey(EC, "alg", "RSA-OAEP-256", "'alg'");
        refusedKey(EC, "alg", "ES256", "'alg'");
        refusedKey(EC, "kty", "oct", "symmetric");
        refusedKey(EC, "kty", "RSA", "");
        refusedKey(EC, "crv", "secp256k1", "curve");
        refusedKey(EC, "crv", "P-384", "length");
        refusedKey(EC, "d", Base64Url.encode(new byte[32]), "range");
        refusedKey(EC, "d", TestJwe.of("P-256", "x").jwk().get("d"), "another key");
        refusedKey(EC, "d", null, "'d'");
        refusedKey(RSA, "d", TestJwe.of("RSA", "x").jwk().get("d"), "another key");
        refusedKey(RSA, "p", TestJwe.of("RSA", "x").jwk().get("p"), "another key");
        refusedKey(RSA, "oth", List.of(), "two primes");
        refusedKey(RSA, "e", "AQ", "exponent");
        refusedKey(TestJwe.of("X25519", "x"), "crv", "Ed25519", "curve");
        refusedKey(TestJwe.of("X25519", "x"), "d", "AAAA", "length");
        refusedKey(TestJwe.of("X25519", "x"), "crv", "X448", "not permitted");
        refusedKey(
                TestJwe.of("X25519", "x"), "d", TestJwe.of("X25519", "x").jwk().get("d"), "another key");
    }

    private static void refusedKey(TestJwe key, String name, Object value, String why) {
        Map<String, Object> jwk = key.jwk();
        jwk.put(name, value);
        assertThatThrownBy(() -> DecryptionKey.of(jwk))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(why);
    }

    @Test
    void of_rsaKeyWithoutPrimes_decrypts() {
        Map<String, Object> jwk = RSA.jwk();
        jwk.keySet().removeAll(List.of("p", "q", "dp", "dq", "qi"));
        assertThat(new JweDecrypter(List.of(DecryptionKey.of(jwk)))
                        .nestedToken(RSA.encrypt("RSA-OAEP-256", "A256GCM", SIGNED)))
                .isEqualTo(SIGNED);
    }

    @Test
    void new_noOrTooManyKeys_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JweDecrypter(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JweDecrypter(Collections.nCopies(9, EC.decryptionKey())));
    }

    @Test
    void toString_holdsNoSecret() {
        assertThat(RSA.decryptionKey()).hasToString("DecryptionKey[RSA-OAEP-256]");
        assertThat(CompactJwe.parse(RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED)))
                .hasToString("CompactJwe[A128GCM]");
        assertThat(CompactJwe.hasFormOf(RSA.encrypt("RSA-OAEP-256", "A128GCM", SIGNED)))
                .isTrue();
        assertThat(CompactJwe.hasFormOf(SIGNED)).isFalse();
    }
}
