package io.apiguard.authn.jose;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is presented as a token or as a key set is read or refused, and what is read has only one text. */
class CompactJwsFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void parse_anyText_isReadOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            CompactJws jws = CompactJws.parse(text);
            String again =
                    new String(jws.signingInput(), StandardCharsets.US_ASCII) + "." + Base64Url.encode(jws.signature());
            if (!again.equals(text) || !text.contains("." + Base64Url.encode(jws.payload()) + ".")) {
                throw new AssertionError("a token with two texts");
            }
        } catch (Malformed e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anyHeader_isReadOrRefused(byte[] header) {
        try {
            CompactJws.parse(Base64Url.encode(header) + ".e30.AA");
        } catch (Malformed e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anyKeySet_isReadOrRefused(byte[] set) {
        try {
            JwkSet.parse(set);
        } catch (Malformed e) {
            return;
        }
    }
}
