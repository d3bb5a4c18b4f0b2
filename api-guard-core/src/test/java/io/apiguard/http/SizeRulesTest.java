package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeRulesTest {

    private static final SizeRules RULES = SizeRules.standard();

    private static String code(SizeRules rules, ApiRequest request) {
        return rules.check(request)
                .map(violation -> violation.status() + " " + violation.code())
                .orElse("ok");
    }

    private static String code(ApiRequest request) {
        return code(RULES, request);
    }

    @Test
    void check_url_isBounded() {
        assertThat(code(TestRequest.get().target("/" + "a".repeat(8191), null))).isEqualTo("ok");
        assertThat(code(TestRequest.get().target("/" + "a".repeat(8192), null))).isEqualTo("414 url-too-long");
        assertThat(code(TestRequest.get().target("/", "a".repeat(8190)))).isEqualTo("ok");
        assertThat(code(TestRequest.get().target("/", "a".repeat(8191)))).isEqualTo("414 url-too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\n", "a\u0000", "\u00e9", "a#b", "a\u007f"})
    void check_queryWithWhatMustBeEncoded_is400(String query) {
        assertThat(code(TestRequest.get().target("/", query))).isEqualTo("400 query-invalid-character");
    }

    @Test
    void check_headerCount_isBounded() {
        TestRequest request = TestRequest.get();
        for (int i = 0; i < 100; i++) {
            request = request.with("X-" + i, "v");
        }
        assertThat(code(request)).isEqualTo("ok");
        assertThat(code(request.with("x-0", "v"))).isEqualTo("431 headers-too-large");
        assertThat(code(request.with("X-100", "v"))).isEqualTo("431 headers-too-large");
    }

    @Test
    void check_headerBytes_areBounded() {
        SizeRules rules = new SizeRules(100, 10, 40, 0);
        assertThat(code(rules, TestRequest.get().with("A", "x".repeat(35)))).isEqualTo("ok");
        assertThat(code(rules, TestRequest.get().with("A", "x".repeat(36)))).isEqualTo("431 headers-too-large");
        assertThat(code(rules, TestRequest.get().with("A", "x".repeat(15)).with("a", "x".repeat(15))))
                .isEqualTo("ok");
        assertThat(code(rules, TestRequest.get().with("A", "x".repeat(15)).with("a", "x".repeat(16))))
                .isEqualTo("431 headers-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000", "caf\u00e9", "a\u007f", "\u2028"})
    void check_headerValueWithControlOrNonAscii_is400(String value) {
        assertThat(code(TestRequest.get().with("X-A", value))).isEqualTo("400 header-invalid-character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X A", "X:A", "", "X\u00e9", "X\n"})
    void check_headerNameThatIsNoToken_is400(String name) {
        assertThat(code(TestRequest.get().with(name, "v"))).isEqualTo("400 header-invalid-character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Host", "Origin"})
    void check_singleFieldTwice_is400(String name) {
        assertThat(code(TestRequest.get().with(name, "a"))).isEqualTo("ok");
        assertThat(code(TestRequest.get().with(name, "a").with(name.toLowerCase(Locale.ROOT), "a")))
                .isEqualTo("400 header-repeated");
    }

    @ParameterizedTest
    @CsvSource({
        "close, ok",
        "'keep-alive, Upgrade', ok",
        "'Upgrade, HTTP2-Settings', ok",
        "TE, ok",
        "Authorization, 400 header-connection-option",
        "'close, X-Forwarded-For', 400 header-connection-option",
        "X-API-Key, 400 header-connection-option",
    })
    void check_connection_namesNoOtherField(String value, String expected) {
        assertThat(code(TestRequest.get().with("Connection", value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ok",
        "1048576, ok",
        "1048577, 413 body-too-large",
        "999999999999999999, 413 body-too-large",
        "99999999999999999999999, 413 body-too-large",
        "-1, 400 body-length-malformed",
        "+1, 400 body-length-malformed",
        "'5, 5', 400 body-length-malformed",
        "5x, 400 body-length-malformed",
        "0x5, 400 body-length-malformed",
        "'', 400 body-length-malformed",
    })
    void check_contentLength_isOneNumberWithinItsBound(String length, String expected) {
        assertThat(code(TestRequest.get().with("Content-Length", length))).isEqualTo(expected);
    }

    @Test
    void check_contradictoryFraming_is400() {
        TestRequest request = TestRequest.get();
        String malformed = "400 body-length-malformed";
        assertThat(code(request.with("Content-Length", "5").with("Content-Length", "5")))
                .isEqualTo(malformed);
        assertThat(code(request.with("Content-Length", "5").with("Transfer-Encoding", "chunked")))
                .isEqualTo(malformed);
        assertThat(code(request.with("Transfer-Encoding", "gzip, chunked"))).isEqualTo(malformed);
        assertThat(code(request.with("Transfer-Encoding", "xchunked"))).isEqualTo(malformed);
        assertThat(code(request.with("Transfer-Encoding", "chunked").with("Transfer-Encoding", "identity")))
                .isEqualTo(malformed);
        assertThat(code(request.with("Transfer-Encoding", "Chunked"))).isEqualTo("ok");
    }

    @Test
    void check_otherBodyBound_isThatOfTheEndpoint() {
        ApiRequest request = TestRequest.get().with("Content-Length", "11");
        assertThat(RULES.check(request, 10)).isPresent();
        assertThat(RULES.check(request, 11)).isEmpty();
    }

    @Test
    void declaresBody_needsALengthAboveZeroOrACoding() {
        assertThat(SizeRules.declaresBody(TestRequest.get())).isFalse();
        assertThat(SizeRules.declaresBody(TestRequest.get().with("Content-Length", "00")))
                .isFalse();
        assertThat(SizeRules.declaresBody(TestRequest.get().with("Content-Length", "01")))
                .isTrue();
        assertThat(SizeRules.declaresBody(TestRequest.get().with("Transfer-Encoding", "chunked")))
                .isTrue();
    }

    @Test
    void new_boundOutOfRange_isRefused() {
        assertThatThrownBy(() -> new SizeRules(0, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SizeRules(1, 1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
