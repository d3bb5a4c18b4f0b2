package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static String json(Problem problem) {
        return new String(problem.toJson(), StandardCharsets.UTF_8);
    }

    @Test
    void toJson_problem_hasItsMembersInOrder() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("zulu", List.of(1, 2L, 0.5, true));
        extensions.put("alpha", Map.of("k", "v"));
        Problem problem = new Problem("urn:x", "Title", 429, "a \"quoted\"\nline \ud800 \u00e9", extensions);
        assertThat(json(problem))
                .isEqualTo("{\"type\":\"urn:x\",\"title\":\"Title\",\"status\":429,\"detail\":\"a \\\"quoted\\\"\\n"
                        + "line \ufffd \u00e9\",\"zulu\":[1,2,0.5,true],\"alpha\":{\"k\":\"v\"}}");
        assertThat(json(Problem.of(403, "forbidden", "Forbidden", null)))
                .isEqualTo("{\"type\":\"urn:apiguard:problem:forbidden\",\"title\":\"Forbidden\",\"status\":403}");
    }

    @Test
    void new_extensionThatCannotBeWritten_isRefused() {
        assertThatThrownBy(() -> new Problem("t", "t", 400, null, Map.of("status", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Problem("t", "t", 400, null, Map.of("x", List.of(new Object()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Problem("t", "t", 400, null, Map.of("x", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_problem_isComplete() {
        Answer answer = Answer.of(Problem.of(401, "u", "U", null), List.of(new Header("WWW-Authenticate", "Bearer")))
                .with(List.of(new Header("Vary", "Origin")));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.headers())
                .extracting(Header::name)
                .containsExactly("WWW-Authenticate", "Content-Type", "Content-Length", "Vary");
        assertThat(answer.headers()).contains(new Header("Content-Length", Integer.toString(answer.body().length)));
        answer.body()[0] = 'x';
        assertThat(answer.body()[0]).isEqualTo((byte) '{');
        assertThat(Answer.empty(204, List.of()).contentType()).isEmpty();
    }

    @Test
    void newHeader_lineBreak_isRefused() {
        assertThatThrownBy(() -> new Header("X", "a\r\nSet-Cookie: b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Set-Cookie");
        assertThatThrownBy(() -> new Header("X Y", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void structuredFields_items_areSerialised() {
        assertThat(StructuredFields.string("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThatThrownBy(() -> StructuredFields.string("\u00e9")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StructuredFields.string("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThat(StructuredFields.integer(-1)).isEqualTo("0");
        assertThat(StructuredFields.integer(Long.MAX_VALUE)).isEqualTo("999999999999999");
    }

    /** A response as an adapter would show it. */
    private record TestResponse(int status, List<Header> lines) implements ApiResponse {

        @Override
        public List<String> headers(String name) {
            return lines.stream()
                    .filter(line -> line.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        @Override
        public void setHeader(String name, String value) {
            lines.removeIf(line -> line.name().equalsIgnoreCase(name));
            addHeader(name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            lines.add(new Header(name, value));
        }
    }

    private static TestResponse applied(int status, boolean secure, boolean authenticated, Header... own) {
        TestResponse response = new TestResponse(status, new ArrayList<>(List.of(own)));
        SecurityHeaders.standard().apply(response, secure, authenticated);
        SecurityHeaders.standard().apply(response, secure, authenticated);
        return response;
    }

    @Test
    void apply_everyAnswer_hasTheFixedFields() {
        TestResponse response = applied(200, false, false);
        assertThat(response.lines())
                .extracting(Header::name)
                .containsExactlyInAnyOrder(
                        "X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy");
    }

    @Test
    void apply_hsts_isSentOverTlsOnly() {
        assertThat(applied(200, true, false).headers("Strict-Transport-Security"))
                .containsExactly("max-age=31536000");
        assertThat(applied(200, false, true).headers("Strict-Transport-Security"))
                .isEmpty();
    }

    @Test
    void apply_noStore_isOnAuthenticatedAnswersAndErrors() {
        Header cached = new Header("cache-control", "private, max-age=60");
        assertThat(applied(200, true, false, cached).headers("Cache-Control")).containsExactly("private, max-age=60");
        assertThat(applied(200, true, true, cached).headers("Cache-Control")).containsExactly("no-store");
        assertThat(applied(404, true, false).headers("Cache-Control")).containsExactly("no-store");
        assertThat(applied(200, true, true, new Header("Cache-Control", "no-cache, No-Store"))
                        .headers("Cache-Control"))
                .containsExactly("no-cache, No-Store");
    }

    @Test
    void apply_ownPolicyOfTheApplication_stays() {
        Header own = new Header("Content-Security-Policy", "default-src 'self'");
        assertThat(applied(200, true, true, own).headers("Content-Security-Policy"))
                .containsExactly("default-src 'self'");
    }

    @Test
    void forAnswer_isNeverStored() {
        assertThat(SecurityHeaders.standard().forAnswer(false)).contains(new Header("Cache-Control", "no-store"));
        assertThat(SecurityHeaders.standard().forAnswer(true))
                .extracting(Header::name)
                .contains("Strict-Transport-Security");
    }
}
