package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    private static List<String> segments(String raw) {
        return ((CanonicalPath) CanonicalPath.parse(raw)).segments();
    }

    private static Violation violation(String raw) {
        return (Violation) CanonicalPath.parse(raw);
    }

    @Test
    void parse_canonicalPath_givesDecodedSegments() {
        assertThat(segments("/")).isEmpty();
        assertThat(segments("/orders/7")).containsExactly("orders", "7");
        assertThat(segments("/Orders/a.b-c_d~e")).containsExactly("Orders", "a.b-c_d~e");
        assertThat(segments("/caf%C3%A9/a%20b")).containsExactly("caf\u00e9", "a b");
        assertThat(segments("/%F0%9F%98%80")).containsExactly("\ud83d\ude00");
        assertThat(segments("/a+b/x=1,y:z@$&'()*!")).containsExactly("a+b", "x=1,y:z@$&'()*!");
        assertThat(segments("/me%40example.com/1%2B1/%3Cb%3E")).containsExactly("me@example.com", "1+1", "<b>");
        assertThat(segments("/.well-known/x..y")).containsExactly(".well-known", "x..y");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "EMPTY",
            value = {
                "/orders/, path-trailing-slash",
                "//, path-empty-segment",
                "//orders, path-empty-segment",
                "/a//b, path-empty-segment",
                "/a;x=1, path-parameter",
                "/..;/admin, path-parameter",
                "/admin;/, path-parameter",
                "/a/;/b, path-parameter",
                "/a%3Bx, path-encoded-delimiter",
                "/a%2Fb, path-encoded-delimiter",
                "/a%2fb, path-encoded-delimiter",
                "/a%5Cb, path-encoded-delimiter",
                "/a%252Fb, path-encoded-delimiter",
                "/a%25, path-encoded-delimiter",
                "/a%3Fb, path-encoded-delimiter",
                "/a%23b, path-encoded-delimiter",
                "/a\\b, path-backslash",
                "/., path-dot-segment",
                "/.., path-dot-segment",
                "/a/../b, path-dot-segment",
                "/a/./b, path-dot-segment",
                "/..., path-dot-segment",
                "/%2e, path-needless-escape",
                "/%2E%2e/admin, path-needless-escape",
                "/.%2e/admin, path-needless-escape",
                "/%61dmin, path-needless-escape",
                "/%7Euser, path-needless-escape",
                "/a%0ab, path-control-character",
                "/a%0Db, path-control-character",
                "/a%00, path-control-character",
                "/a%7F, path-control-character",
                "/a%C2%85b, path-control-character",
                "/a%E2%80%A8b, path-control-character",
                "/a%20, path-space-at-segment-edge",
                "/admin%20/x, path-space-at-segment-edge",
                "/%20a, path-space-at-segment-edge",
                "/a%C2%A0, path-space-at-segment-edge",
                "/a%E3%80%80, path-space-at-segment-edge",
                "/%20, path-space-at-segment-edge",
                "/a%, path-bad-escape",
                "/a%2, path-bad-escape",
                "/a%2/b, path-bad-escape",
                "/a%zz, path-bad-escape",
                "/a%+1, path-bad-escape",
                "/a%u0061, path-bad-escape",
                "/a%C0%AF, path-invalid-utf8",
                "/a%C1%81, path-invalid-utf8",
                "/a%E0%80%AF, path-invalid-utf8",
                "/a%F0%80%80%AF, path-invalid-utf8",
                "/a%ED%A0%80, path-invalid-utf8",
                "/a%F4%90%80%80, path-invalid-utf8",
                "/a%F5%80%80%80, path-invalid-utf8",
                "/a%C3, path-invalid-utf8",
                "/a%C3x, path-invalid-utf8",
                "/a%C3%A, path-invalid-utf8",
                "/a%A9, path-invalid-utf8",
                "/a%FF, path-invalid-utf8",
                "/a#b, path-invalid-character",
                "/a?b, path-invalid-character",
                "/a b, path-invalid-character",
                "/a|b, path-invalid-character",
                "/a[0], path-invalid-character",
                "/{id}, path-invalid-character",
                "*, path-asterisk-form",
                "EMPTY, path-not-absolute",
                "orders, path-not-absolute",
                "http://a/b, path-not-absolute",
            })
    void parse_ambiguousPath_isRefusedWithItsReason(String raw, String code) {
        Violation violation = violation(raw == null ? "" : raw);
        assertThat(violation.code()).isEqualTo(code);
        assertThat(violation.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\u0000", "/a\n", "/a\r", "/a\tb", "/a\u007f", "/caf\u00e9", "/a\u2028", "/\ud800"})
    void parse_rawControlOrNonAscii_isRefused(String raw) {
        assertThat(CanonicalPath.parse(raw)).isInstanceOf(Violation.class);
    }

    @Test
    void parse_length_isBounded() {
        String longest = "/" + "a".repeat(CanonicalPath.MAX_LENGTH - 1);
        assertThat(CanonicalPath.parse(longest)).isInstanceOf(CanonicalPath.class);
        assertThat(violation(longest + "a").status()).isEqualTo(414);
    }

    @Test
    void parse_underTurkishLocale_isTheSame() {
        InTurkish.run(() -> {
            assertThat(segments("/ADMIN/I%C4%B0i")).containsExactly("ADMIN", "I\u0130i");
            assertThat(violation("/%49").code()).isEqualTo("path-needless-escape");
        });
    }
}
