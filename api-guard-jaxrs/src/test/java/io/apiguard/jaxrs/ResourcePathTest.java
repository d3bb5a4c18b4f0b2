package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResourcePathTest {

    @Test
    void match_variables_takeOneSegment() {
        ResourcePath path = ResourcePath.of("/orders/{id}/items/{item}", false);

        assertThat(path.match("/orders/1/items/a b").orElseThrow())
                .containsEntry("id", "1")
                .containsEntry("item", "a b");
        assertThat(path.match("/orders/1/items")).isEmpty();
        assertThat(path.match("/orders/1/2/items/3")).isEmpty();
    }

    @Test
    void match_expressionsWithGroupsAndBraces_keepTheirVariables() {
        ResourcePath path = ResourcePath.of("/{year: ([0-9]{4})}/{rest: .+}", false);

        assertThat(path.match("/2026/a/b").orElseThrow())
                .containsEntry("year", "2026")
                .containsEntry("rest", "a/b");
        assertThat(path.match("/26/a")).isEmpty();
    }

    @Test
    void match_prefix_endsAtASegment() {
        ResourcePath path = ResourcePath.of("/a/{b}", true);

        assertThat(path.match("/a/1")).isPresent();
        assertThat(path.match("/a/1/c/d").orElseThrow()).containsEntry("b", "1");
        assertThat(path.match("/ab/1")).isEmpty();
    }

    @Test
    void match_literals_areNoExpressions() {
        assertThat(ResourcePath.of("/a.b/(c)", false).match("/a.b/(c)")).isPresent();
        assertThat(ResourcePath.of("/a.b", false).match("/axb")).isEmpty();
    }

    @Test
    void nearestFirst_ordersAsTheSpecificationSays() {
        assertThat(Stream.of("/{a}", "/{a}/{b}", "/{a: x+}", "/orders/{id}", "/orders")
                        .map(template -> ResourcePath.of(template, false))
                        .sorted(ResourcePath.NEAREST_FIRST)
                        .map(ResourcePath::toString))
                .first()
                .isEqualTo(ResourcePath.of("/orders/{id}", false).toString());
    }

    @Test
    void of_unclosedVariable_isRefused() {
        assertThatThrownBy(() -> ResourcePath.of("/{a", false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void join_slashes_areNormal() {
        assertThat(ResourcePath.join("/a/", "b/")).isEqualTo("/a/b");
        assertThat(ResourcePath.join("", "/")).isEmpty();
    }
}
