package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static Optional<Map<String, String>> match(String template, String path) {
        CanonicalPath canonical = (CanonicalPath) CanonicalPath.parse(path);
        PathTemplate parsed = PathTemplate.parse(template);
        Optional<Map<String, String>> variables = parsed.match(canonical);
        assertThat(parsed.matches(canonical)).isEqualTo(variables.isPresent());
        return variables;
    }

    @Test
    void match_literalTemplate_isExactAndCaseSensitive() {
        assertThat(match("/", "/")).contains(Map.of());
        assertThat(match("/orders", "/orders")).contains(Map.of());
        assertThat(match("/orders", "/Orders")).isEmpty();
        assertThat(match("/orders", "/orders/1")).isEmpty();
        assertThat(match("/orders", "/")).isEmpty();
        assertThat(match("/caf\u00e9", "/caf%C3%A9")).contains(Map.of());
    }

    @Test
    void match_variables_takeOneSegmentEach() {
        assertThat(match("/orders/{id}", "/orders/7")).contains(Map.of("id", "7"));
        assertThat(match("/orders/{id}/items/{item}", "/orders/7/items/a%20b"))
                .contains(Map.of("id", "7", "item", "a b"));
        assertThat(match("/orders/{id}", "/orders")).isEmpty();
        assertThat(match("/orders/{id}", "/orders/7/8")).isEmpty();
    }

    @Test
    void match_rest_takesAnyNumberOfSegments() {
        assertThat(match("/files/**", "/files")).contains(Map.of());
        assertThat(match("/files/**", "/files/a/b")).contains(Map.of());
        assertThat(match("/files/**", "/filesystem")).isEmpty();
        assertThat(match("/files/{*rest}", "/files/a/b")).contains(Map.of("rest", "a/b"));
        assertThat(match("/files/{*rest}", "/files")).contains(Map.of("rest", ""));
        assertThat(match("/**", "/")).contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "/orders/",
                "//",
                "/a//b",
                "/a/../b",
                "/.",
                "/a;b",
                "/a%2e",
                "/a%20b",
                "/a\\b",
                "/a?b",
                "/a#b",
                "/{id}/{id}",
                "/{id}/{*id}",
                "/**/a",
                "/{*r}/a",
                "/{}",
                "/{*}",
                "/{id}.json",
                "/{id:[0-9]+}",
                "/a*",
                "/*",
                "/{a",
                "/a}",
                "/a b /c",
                "/a\nb"
            })
    void parse_templateThatCannotMatch_isRefused(String text) {
        assertThatThrownBy(() -> PathTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mostSpecificFirst_ordersByLiteralThenVariableThenRest() {
        List<String> sorted = Stream.of(
                        "/**",
                        "/orders/**",
                        "/orders/{id}",
                        "/orders",
                        "/{any}",
                        "/orders/new",
                        "/orders/{id}/items",
                        "/")
                .map(PathTemplate::parse)
                .sorted(PathTemplate.MOST_SPECIFIC_FIRST)
                .map(PathTemplate::toString)
                .toList();
        assertThat(sorted.indexOf("/orders/new")).isLessThan(sorted.indexOf("/orders/{id}"));
        assertThat(sorted.indexOf("/orders/{id}")).isLessThan(sorted.indexOf("/orders/**"));
        assertThat(sorted.indexOf("/orders")).isLessThan(sorted.indexOf("/orders/**"));
        assertThat(sorted.indexOf("/orders")).isLessThan(sorted.indexOf("/{any}"));
        assertThat(sorted.get(sorted.size() - 1)).isEqualTo("/**");
    }

    @Test
    void shape_ofTemplatesThatMatchTheSamePaths_isEqual() {
        PathTemplate one = PathTemplate.parse("/a/{id}/{*rest}");
        PathTemplate other = PathTemplate.parse("/a/{key}/**");
        assertThat(one.shape()).isEqualTo(other.shape()).isEqualTo("/a/{}/**");
        assertThat(PathTemplate.MOST_SPECIFIC_FIRST.compare(one, other)).isZero();
        assertThat(one).isNotEqualTo(other);
    }
}
