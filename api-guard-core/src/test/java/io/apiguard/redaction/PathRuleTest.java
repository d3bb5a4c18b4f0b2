package io.apiguard.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.field.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "$.a",
                "$.a-b_c$.*",
                "$['a b']",
                "$[\"it's\"]",
                "$[0][*].x",
                "$..a",
                "$..['a b'].c",
                "$.orders..pin",
                "$.größe"
            })
    void of_wellFormedPath_isRead(String path) {
        assertThat(PathRule.of(path, Mask.REPLACE).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | '$', the root at character 1",
                "card.number | '$', the root at character 1",
                "$card | '.', '..' or '[' at character 2",
                "$. | a member name",
                "$.. | a member name",
                "$..*  | a member name",
                "$.a b | '.', '..' or '[' at character 4",
                "$.items[ | '*', a quoted name or an index",
                "$.items[-1] | '*', a quoted name or an index",
                "$.items[1234567890] | an index of at most nine digits at character 9",
                "$.items[1 | ']' at character 10",
                "$['a | a name without backslashes",
                "$['a\\'b'] | a name without backslashes",
                "$.items[?(@.x)] | '*', a quoted name or an index",
            })
    void of_otherText_throwsNamingRuleAndExpectation(String path, String expectation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathRule.of(path, Mask.REPLACE))
                .withMessageStartingWith("path rule \"" + path + "\": expected ")
                .withMessageContaining(expectation);
    }

    @Test
    void of_endlessPath_throws() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathRule.of("$" + ".a".repeat(600), Mask.REPLACE))
                .withMessageContaining("1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathRule.of("$" + ".a".repeat(65), Mask.REPLACE))
                .withMessageContaining("64 steps");
    }
}
