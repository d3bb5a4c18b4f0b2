package io.apiguard.authn.jose;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is presented as an encrypted token, or given as a key for one, is read or refused. */
class CompactJweFuzzTest {

    private static final JweDecrypter DECRYPTER = new JweDecrypter(List.of(
            TestJwe.of("RSA", "r").decryptionKey(), TestJwe.of("P-256", "e").decryptionKey()));

    @FuzzTest(maxDuration = "10s")
    void nestedToken_anyText_isRefused(byte[] bytes) {
        refused(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @FuzzTest(maxDuration = "10s")
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

    @FuzzTest(maxDuration = "10s")
    void of_anyKey_isReadOrRefused(byte[] jwk) {
        try {
            DecryptionKey.of(StrictJson.object(jwk));
        } catch (Malformed e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "10s")
    void everyVerifierCanForge_anySet_isReadOrRefused(byte[] set) {
        try {
            HmacKeys.everyVerifierCanForge(set);
        } catch (Malformed e) {
            return;
        }
    }
}
