package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeRulesTest {

    private static final TestRequest BODY = TestRequest.get().method("POST").with("Content-Length", "2");
    private static final ContentTypeRules RULES =
            ContentTypeRules.of(List.of("application/json", "application/*+json", "multipart/form-data"));

    private static String code(ApiRequest request) {
        return RULES.check(request)
                .map(violation -> violation.status() + " " + violation.code())
                .orElse("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json ; a=b ; c=\"d;\\\"e\"",
                "application/merge-patch+json",
                "multipart/form-data; boundary=x"
            })
    void check_allowedType_isFine(String type) {
        assertThat(code(BODY.with("Content-Type", type))).isEqualTo("ok");
        InTurkish.run(() -> assertThat(code(BODY.with("Content-Type", type.toUpperCase(Locale.ROOT))))
                .isEqualTo("ok"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | content-type-refused",
                "text/json | content-type-refused",
                "text/x+json | content-type-refused",
                "application/+json | content-type-refused",
                "application/jsonx | content-type-refused",
                "application/json; charset=utf-16 | charset-refused",
                "application/json; charset=iso-8859-1 | charset-refused",
                "multipart/form-data; charset=utf-7 | charset-refused",
                "application/json; charset=utf-8; charset=utf-16 | content-type-malformed",
                "application/json; charset=utf-8; CHARSET=utf-8 | content-type-malformed",
                "application/json, text/plain | content-type-malformed",
                "application/json; | content-type-malformed",
                "application/json; charset | content-type-malformed",
                "application/json; charset= | content-type-malformed",
                "application/json; charset=\"utf-8 | content-type-malformed",
                "application/json charset=utf-8 | content-type-malformed",
                "application /json/x | content-type-malformed",
                "json | content-type-malformed",
                "/json | content-type-malformed",
                "'' | content-type-malformed",
            })
    void check_anythingElse_is415(String type, String expected) {
        assertThat(code(BODY.with("Content-Type", type))).isEqualTo("415 " + expected);
    }

    @Test
    void check_typesOfABody_areExactlyOne() {
        assertThat(code(BODY)).isEqualTo("415 content-type-not-single");
        assertThat(code(BODY.with("Content-Type", "application/json").with("content-type", "application/json")))
                .isEqualTo("415 content-type-not-single");
    }

    @Test
    void check_contentEncoding_isIdentityOnly() {
        TestRequest request = BODY.with("Content-Type", "application/json");
        assertThat(code(request.with("Content-Encoding", "identity"))).isEqualTo("ok");
        assertThat(code(request.with("Content-Encoding", "gzip"))).isEqualTo("415 content-encoding-refused");
        assertThat(code(request.with("Content-Encoding", "identity, br"))).isEqualTo("415 content-encoding-refused");
    }

    @Test
    void check_noBodyDeclared_judgesFormOnly() {
        assertThat(code(TestRequest.get())).isEqualTo("ok");
        assertThat(code(TestRequest.get().with("Content-Type", "text/plain"))).isEqualTo("ok");
        assertThat(code(TestRequest.get().with("Content-Type", "text"))).isEqualTo("415 content-type-malformed");
        assertThat(code(TestRequest.get().with("Content-Type", "a/b").with("Content-Type", "a/b")))
                .isEqualTo("415 content-type-not-single");
        assertThat(RULES.checkBody(TestRequest.get().with("Content-Type", "text/plain")))
                .isPresent();
    }

    @Test
    void of_emptyList_allowsNoBody() {
        assertThat(ContentTypeRules.of(List.of()).check(BODY.with("Content-Type", "application/json")))
                .isPresent();
    }

    @Test
    void refusal_namesWhatIsAllowed_andNotWhatWasSent() {
        Violation violation =
                RULES.check(BODY.with("Content-Type", "evil/type")).orElseThrow();
        assertThat(violation.detail())
                .contains("application/json", "multipart/form-data")
                .doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "*/*",
                "application/*",
                "application/json;charset=utf-8",
                "a/*+",
                "a/**+json",
                "",
                "*/*+json"
            })
    void of_malformedEntry_isRefused(String entry) {
        assertThatThrownBy(() -> ContentTypeRules.of(List.of(entry))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isJson_holdsForJsonAndItsSuffix() {
        assertThat(MediaType.parse("application/problem+json").orElseThrow().isJson())
                .isTrue();
        assertThat(MediaType.parse("application/json").orElseThrow().isJson()).isTrue();
        assertThat(MediaType.parse("text/html").orElseThrow().isJson()).isFalse();
    }
}
