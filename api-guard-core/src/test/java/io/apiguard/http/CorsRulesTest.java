package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsRulesTest {

    private static final String APP = "https://app.example.com";
    private static final CorsRules RULES = CorsRules.allowing(List.of(APP));

    private static TestRequest preflight(String origin, String method) {
        return TestRequest.get().method("OPTIONS").with("Origin", origin).with("Access-Control-Request-Method", method);
    }

    private static String code(CorsRules rules, TestRequest request) {
        return rules.preflight(request)
                .map(result -> result instanceof Violation v ? v.code() : "ok")
                .orElse("none");
    }

    private static String header(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
    }

    @Test
    void preflight_allowed_givesTheFields() {
        PreflightResult result = RULES.preflight(
                        preflight(APP, "PUT").with("Access-Control-Request-Headers", "content-type, AUTHORIZATION"))
                .orElseThrow();
        List<Header> headers = ((PreflightResult.Allowed) result).headers();
        assertThat(header(headers, "Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(header(headers, "Access-Control-Allow-Methods")).contains("PUT");
        assertThat(header(headers, "Access-Control-Allow-Headers")).isEqualTo("Authorization, Content-Type");
        assertThat(header(headers, "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(headers, "Access-Control-Allow-Credentials")).isEqualTo("none");
        assertThat(header(headers, "Vary")).startsWith("Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, GET, Authorization, ok",
        "https://evil.example, GET, '', cors-origin-refused",
        "https://app.example.com.evil.example, GET, '', cors-origin-refused",
        "https://APP.example.com, GET, '', cors-origin-refused",
        "http://app.example.com, GET, '', cors-origin-refused",
        "https://app.example.com:444, GET, '', cors-origin-refused",
        "null, GET, '', cors-origin-refused",
        "https://app.example.com, TRACE, '', cors-method-refused",
        "https://app.example.com, get, '', cors-method-refused",
        "https://app.example.com, GET, 'X-Internal', cors-header-refused",
        "https://app.example.com, GET, 'Authorization,X-Internal', cors-header-refused",
    })
    void preflight_anythingElse_isRefused(String origin, String method, String headers, String expected) {
        assertThat(code(RULES, preflight(origin, method).with("Access-Control-Request-Headers", headers)))
                .isEqualTo(expected);
    }

    @Test
    void preflight_withoutRules_isRefused() {
        assertThat(code(CorsRules.none(), preflight(APP, "GET"))).isEqualTo("cors-origin-refused");
        assertThat(CorsRules.none().headers(preflight(APP, "GET"))).isEmpty();
    }

    @Test
    void preflight_otherRequest_isNone() {
        assertThat(code(RULES, TestRequest.get().method("OPTIONS"))).isEqualTo("none");
        assertThat(code(RULES, TestRequest.get().method("OPTIONS").with("Origin", APP)))
                .isEqualTo("none");
        assertThat(code(RULES, preflight(APP, "GET").method("GET"))).isEqualTo("none");
    }

    @Test
    void headers_allowedOrigin_exposeWhatARefusalSays() {
        List<Header> headers = RULES.headers(TestRequest.get().with("Origin", APP));
        assertThat(header(headers, "Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(header(headers, "Vary")).isEqualTo("Origin");
        assertThat(header(headers, "Access-Control-Expose-Headers"))
                .isEqualTo("RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, DPoP-Nonce");
    }

    @Test
    void headers_otherOriginOrNone_varyOnly() {
        List<Header> vary = List.of(new Header("Vary", "Origin"));
        assertThat(RULES.headers(TestRequest.get())).isEqualTo(vary);
        assertThat(RULES.headers(TestRequest.get().with("Origin", "https://evil.example")))
                .isEqualTo(vary);
        assertThat(RULES.headers(TestRequest.get().with("Origin", APP).with("Origin", APP)))
                .isEqualTo(vary);
    }

    @Test
    void headers_anyOrigin_isAStarWithoutVary() {
        CorsRules any = CorsRules.allowing(List.of("*"));
        List<Header> headers = any.headers(TestRequest.get().with("Origin", "https://a.example"));
        assertThat(header(headers, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(headers, "Vary")).isEqualTo("none");
        assertThat(any.headers(TestRequest.get().with("Origin", "null"))).isEmpty();
        assertThat(any.headers(TestRequest.get())).isEmpty();
    }

    @Test
    void headers_credentials_areAllowedForListedOriginsOnly() {
        CorsRules rules =
                new CorsRules(Set.of(APP, "null"), Set.of("GET"), Set.of(), Set.of("X-Total"), true, Duration.ZERO);
        List<Header> headers = rules.headers(TestRequest.get().with("Origin", "null"));
        assertThat(header(headers, "Access-Control-Allow-Origin")).isEqualTo("null");
        assertThat(header(headers, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(headers, "Access-Control-Expose-Headers")).endsWith(", X-Total");
        assertThatThrownBy(() -> new CorsRules(Set.of("*"), Set.of(), Set.of(), Set.of(), true, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example.com",
                "https://app.example.com/",
                "https://App.example.com",
                "https://a/b",
                "https://*.example.com",
                "https://u@a",
                "https://a:0"
            })
    void allowing_malformedOrigin_isRefused(String origin) {
        assertThatThrownBy(() -> CorsRules.allowing(List.of(origin))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void new_contradictionsAndBounds_areRefused() {
        assertThatThrownBy(() -> CorsRules.allowing(List.of("*", APP))).isInstanceOf(IllegalArgumentException.class);
        Set<String> none = Set.of();
        assertThatThrownBy(() -> new CorsRules(none, Set.of("A B"), none, none, false, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CorsRules(none, none, Set.of("*"), none, false, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CorsRules(none, none, none, none, false, Duration.ofHours(25)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
