package io.apiguard.authn.jose;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is presented as an encrypted token, or given as a key for one, is read or refused. */
class CompactJweFuzzTest {

    private static final JweDecrypter DECRYPTER = new JweDecrypter(List.of(
            TestJwe.of("RSA", "r").decryptionKey(), TestJwe.of("P-256", "e").decryptionKey()));

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void nestedToken_anyText_isRefused(byte[] bytes) {
        refused(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @MethodSource("headers")
    @FuzzTest(maxDuration = "60s")
    void nestedToken_anyHeader_isRefused(byte[] header) {
        refused(Base64Url.encode(header) + "." + "A".repeat(32) + "." + "A".repeat(16) + ".AAAA." + "A".repeat(22));
    }

    private static void refused(String token) {
        try {
            DECRYPTER.nestedToken(token);
            throw new AssertionError("a token that nobody encrypted");
        } catch (Malformed e) {
            return;
        }
    }

    @MethodSource("keys")
    @FuzzTest(maxDuration = "60s")
    void of_anyKey_isReadOrRefused(byte[] jwk) {
        try {
            DecryptionKey.of(StrictJson.object(jwk));
        } catch (Malformed e) {
            return;
        }
    }

    @MethodSource("sets")
    @FuzzTest(maxDuration = "60s")
    void everyVerifierCanForge_anySet_isReadOrRefused(byte[] set) {
        try {
            HmacKeys.everyVerifierCanForge(set);
        } catch (Malformed e) {
            return;
        }
    }

    /** Encrypted for keys that are not ours. */
    static Stream<byte[]> texts() {
        return Stream.of(
                        TestJwe.of("RSA", "r").encrypt("RSA-OAEP-256", "A128GCM", "a.b.c"),
                        TestJwe.of("P-256", "e").encrypt("ECDH-ES", "A128CBC-HS256", "a.b.c"),
                        TestJwe.of("P-256", "e").encrypt("ECDH-ES+A128KW", "A256GCM", "a.b.c"))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<byte[]> headers() {
        return texts().map(text -> Base64Url.decode(new String(text, StandardCharsets.ISO_8859_1).split("\\.")[0]));
    }

    static Stream<byte[]> keys() {
        return Stream.of("RSA", "P-256", "P-521", "X25519")
                .map(kind -> JsonUtil.toJson(TestJwe.of(kind, "k").jwk()).getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> sets() {
        return Stream.of("HS256", "HS512")
                .map(alg -> "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"s1\",\"use\":\"sig\",\"alg\":\"" + alg
                        + "\",\"k\":\"" + "QUJD".repeat(24) + "\"}]}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
