package io.apiguard.authn.httpsig;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.httpsig.ContentDigest.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The digests are those of RFC 9530 appendix D. */
class ContentDigestTest {

    private static final byte[] BODY = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.UTF_8);
    private static final String SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private static final String WRONG_256 = "sha-256=:SK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private static final String SHA_512 =
            "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";

    @Test
    void verify_rightDigests_match() {
        assertThat(verify(SHA_256)).isEqualTo(Result.MATCH);
        assertThat(verify(SHA_512)).isEqualTo(Result.MATCH);
        assertThat(verify(SHA_256, SHA_512)).isEqualTo(Result.MATCH);
        assertThat(verify("md5=:AAAA:, " + SHA_256)).isEqualTo(Result.MATCH);
        assertThat(ContentDigest.of(BODY).value()).isEqualTo(SHA_256);
    }

    @Test
    void verify_oneWrongDigest_isAMismatch() {
        assertThat(verify(WRONG_256)).isEqualTo(Result.MISMATCH);
        assertThat(verify(WRONG_256, SHA_512)).isEqualTo(Result.MISMATCH);
        assertThat(verify("sha-256=:AAAA:")).isEqualTo(Result.MISMATCH);
        assertThat(ContentDigest.verify(List.of(SHA_256), new byte[0])).isEqualTo(Result.MISMATCH);
    }

    @Test
    void verify_noDigestThatCounts_isMissing() {
        assertThat(verify()).isEqualTo(Result.MISSING);
        assertThat(verify("")).isEqualTo(Result.MISSING);
        assertThat(verify("md5=:AAAA:, unixsum=:AAAA:")).isEqualTo(Result.MISSING);
    }

    @Test
    void verify_fieldNotStrict_isMalformed() {
        assertThat(verify("sha-256=AAAA")).isEqualTo(Result.MALFORMED);
        assertThat(verify("sha-256")).isEqualTo(Result.MALFORMED);
        assertThat(verify(SHA_256, SHA_256)).isEqualTo(Result.MALFORMED);
        assertThat(verify(SHA_256 + ",")).isEqualTo(Result.MALFORMED);
        assertThat(verify("SHA-256=:AAAA:")).isEqualTo(Result.MALFORMED);
    }

    private static Result verify(String... lines) {
        return ContentDigest.verify(List.of(lines), BODY);
    }
}
