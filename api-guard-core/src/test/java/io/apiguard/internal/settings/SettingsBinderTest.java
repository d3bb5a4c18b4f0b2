package io.apiguard.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsBinderTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Item(
            @Setting(description = "Its name.", required = true)
            String name,

            @Setting(description = "Tags.") List<String> tags) {}

    record All(
            @Setting(description = "A text.") @Nullable String text,

            @Setting(description = "A flag.", defaultValue = "false")
            boolean flag,

            @Setting(description = "A number.", defaultValue = "7")
            int number,

            @Setting(description = "A size.", defaultValue = "1KB", bytes = true)
            long maxSize,

            @Setting(description = "A small size.", defaultValue = "0", bytes = true)
            int smallSize,

            @Setting(description = "A time.", defaultValue = "1h")
            Duration time,

            @Setting(description = "An instant.") @Nullable Instant instant,
            @Setting(description = "A path.") @Nullable Path path,

            @Setting(description = "A colour.", defaultValue = "dark-blue", canBeOff = true) @Nullable Colour colour,

            @Setting(description = "Words.", defaultValue = "a, b")
            List<String> words,

            @Setting(description = "Numbers by name.") Map<String, Integer> never,
            @Setting(description = "Items.") List<Item> items,

            @Setting(description = "One item.", key = "class")
            Inner inner) {}

    record Inner(
            @Setting(description = "Deep.", defaultValue = "x")
            String deepValue) {
        Inner {
            Checks.that(!deepValue.equals("bad"), "deep-value", "is bad", "Improve it");
        }
    }

    private static All bind(Map<String, String> values) {
        return SettingsBinder.bind(All.class, SettingsSource.of(values, key -> null, "root"));
    }

    @Test
    void bind_nothing_givesDefaults() {
        All all = bind(Map.of());
        assertThat(all.text()).isNull();
        assertThat(all.number()).isEqualTo(7);
        assertThat(all.maxSize()).isEqualTo(1024);
        assertThat(all.time()).isEqualTo(Duration.ofHours(1));
        assertThat(all.colour()).isEqualTo(Colour.DARK_BLUE);
        assertThat(all.words()).containsExactly("a", "b");
        assertThat(all.items()).isEmpty();
        assertThat(all.inner().deepValue()).isEqualTo("x");
    }

    @Test
    void bind_everything_isRead() {
        All all = bind(Map.of(
                "text",
                " t ",
                "flag",
                "TRUE",
                "max-size",
                "2mb",
                "time",
                "PT1.5S",
                "instant",
                "2030-01-01T00:00:00Z",
                "path",
                "a/b",
                "colour",
                "off",
                "words[0]",
                "x,y",
                "class.deep-value",
                "z",
                "items[0].name",
                "n"));
        assertThat(all.text()).isEqualTo("t");
        assertThat(all.flag()).isTrue();
        assertThat(all.maxSize()).isEqualTo(2 << 20);
        assertThat(all.time()).isEqualTo(Duration.ofMillis(1500));
        assertThat(all.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(all.path()).isEqualTo(Path.of("a/b"));
        assertThat(all.colour()).isNull();
        assertThat(all.words()).containsExactly("x,y");
        assertThat(all.inner().deepValue()).isEqualTo("z");
        assertThat(all.items()).containsExactly(new Item("n", List.of()));
    }

    @ParameterizedTest
    @CsvSource({"max-size", "maxSize", "maxsize", "MAX_SIZE"})
    void bind_spellingsOfOneKey_areTheSame(String key) {
        assertThat(bind(Map.of(key, "5")).maxSize()).isEqualTo(5);
    }

    @Test
    void bind_twoSpellings_isRefused() {
        assertThatThrownBy(() -> bind(Map.of("max-size", "5", "maxSize", "6"))).hasMessageContaining("set twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numbr | 1 | numbr is no setting. Did you mean number?",
                "qqqqqqqq | 1 | qqqqqqqq is no setting. Use one of text, flag",
                "number | '' | number is empty. Give it a value",
                "number | -1 | number is '-1'. Write a whole number",
                "number | 99999999999 | Use at most 2147483647",
                "number | 99999999999999999999 | Write a whole number",
                "number.x | 1 | number is a single value",
                "number[0] | 1 | number is a single value",
                "flag | yes | flag is 'yes'. Write true or false",
                "max-size | 1TB | Write a size as",
                "max-size | 999999999999999999GB | Write a size as",
                "small-size | 4GB | Use at most 2147483647",
                "time | 30 | Write a duration as",
                "time | -PT5S | Write a duration as",
                "time | 999999999999999999d | Write a duration as",
                "instant | tomorrow | Write an instant",
                "colour | green | Use one of red, dark-blue",
                "words | 'a,,b' | words has an empty element",
                "words[1] | a | words is a list without an element [0]",
                "words[0].x | a | words[0] is a single value",
                "words.x | a | words is a list without an element [0]",
                "items | a | items is a list of sections",
                "items[0].tags | a | items[0].name is missing. Set it: its name",
                "items[0].nam | a | Did you mean items[0].name?",
                "class | a | class is a section",
                "class.deep-value | bad | class.deep-value is bad. Improve it.",
                "class.deepValue | bad | class.deepValue is bad. Improve it.",
                "never | a | never is a list of names and values",
                "a..b | 1 | a..b is no key",
                "[ | 1 | [ is no key",
            })
    void bind_whatCannotBeUsed_isNamed(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bind_emptyList_replacesTheDefault() {
        assertThat(bind(Map.of("words", "")).words()).isEmpty();
    }

    @Test
    void bind_valueWithControlCharacters_isShownOnOneLine() {
        assertThatThrownBy(() -> bind(Map.of("flag", "x\r\ny\u2028z"))).hasMessageContaining("'x??y?z'");
    }
}
