package io.apiguard.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.validation.Violation.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValidatorTest {

    private static final JsonLimits SMALL = new JsonLimits(2, 3, 3, 3, 2, 2, 8);
    private static final JsonLimits WIDE = new JsonLimits(1_000, 1 << 20, 100, 1 << 20, 1 << 20, 1 << 20, 1 << 20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"abc\":\"abc\",\"b\":123}",
                "[1,2]",
                "[[1,2],[3]]",
                "{\"a\":{\"a\":1}}",
                "\"\"",
                "[{\"a\":1},{\"a\":1}]"
            })
    void validate_withinLimits_isEmpty(String body) {
        assertThat(JsonValidator.of(SMALL).validate(body.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[[1]]] | DEPTH | 2 | the body nests deeper than 2 levels, at byte 2 (depth 2 in /0/0)",
                "[\"abcd\"] | STRING_LENGTH | 1 | a string is longer than 3 bytes, at byte 1 (depth 1 in /0)",
                "[1,1234] | NUMBER_LENGTH | 3 | a number is longer than 3 bytes, at byte 3 (depth 1 in /1)",
                "1234 | NUMBER_LENGTH | 0 | a number is longer than 3 bytes, at byte 0 (depth 0)",
                "{\"abcd\":1} | NAME_LENGTH | 6 | a member name is longer than 3 bytes, at byte 6 (depth 1 in /*)",
                "{\"a\":1,\"b\":1,\"c\":1} | MEMBERS | 13 | an object has more than 2 members, at byte 13 (depth 1 in /*)",
                "[1,1,1] | ELEMENTS | 5 | an array has more than 2 elements, at byte 5 (depth 1 in /2)",
                "[[1,2],[{},{\"a\":1}]] | TOKENS | 16 | the body has more than 8 values and names, at byte 16 (depth 3 in /1/1/*)",
                "{\"a\":1,\"\\u0061\":1} | DUPLICATE_NAME | 7 | an object names the same member twice, at byte 7 (depth 1 in /*)",
                "[1,x] | MALFORMED | 3 | the body is not well-formed JSON, at byte 3 (depth 1 in /0)",
                "[1 | MALFORMED | 2 | the body is not well-formed JSON, at byte 2 (depth 1 in /0)",
                "\"\\ud800\" | ENCODING | 7 | the body is not UTF-8 without a byte order mark, at byte 7 (depth 0)"
            })
    void validate_beyondLimit_saysWhichAndWhere(String body, Code code, int offset, String message) {
        JsonLimits limits = code == Code.TOKENS ? new JsonLimits(3, 3, 3, 3, 2, 2, 8) : SMALL;
        assertThat(JsonValidator.of(limits).validate(body.getBytes(UTF_8)))
                .hasValue(new Violation(code, offset, message));
    }

    @Test
    void validate_partOfArray_countsFromItsStart() {
        byte[] body = "xx[1,y]xx".getBytes(UTF_8);
        JsonValidator validator = JsonValidator.of(SMALL);
        assertThat(validator.validate(body, 2, 5))
                .hasValueSatisfying(v -> assertThat(v.offset()).isEqualTo(3));
        assertThat(validator.validate("xx[1]xx".getBytes(UTF_8), 2, 3)).isEmpty();
    }

    @Test
    void validate_secretInBody_isNotInMessage() {
        for (String body : List.of("{\"hunter2\":1,\"hunter2\":2}", "{\"hunter2\":hunter2}", "[\"hunter2\" hunter2]")) {
            assertThat(JsonValidator.of(JsonLimits.defaults()).validate(body.getBytes(UTF_8)))
                    .hasValueSatisfying(
                            violation -> assertThat(violation.toString()).doesNotContain("hunter"));
        }
    }

    @Test
    void validate_duplicateAmongMany_isFound() {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "\"n" + i + "\":{\"n1\":[{\"n2\":1}]}")
                .collect(Collectors.joining(","));
        JsonValidator validator = JsonValidator.of(JsonLimits.defaults());
        assertThat(validator.validate(("{" + many + "}").getBytes(UTF_8))).isEmpty();
        assertThat(validator.validate(("{" + many + ",\"\\u006e7\":1}").getBytes(UTF_8)))
                .hasValueSatisfying(v -> assertThat(v.code()).isEqualTo(Code.DUPLICATE_NAME));
    }

    @Test
    void validate_largeObjectsWithinLarge_keepNamesApart() {
        String leaf = object(40, "1");
        String body = object(40, "[" + object(20, leaf) + "," + leaf + "]");
        assertThat(JsonValidator.of(WIDE).validate(body.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void validate_namesWhoseStringHashesCollide_takesLinearTime() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < 15; i++) {
            names = names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .toList();
        }
        assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
        byte[] body = names.stream()
                .map(name -> "\"" + name + "\":1")
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(UTF_8);
        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(JsonValidator.of(WIDE).validate(body)).isEmpty());
    }

    @Test
    void validate_randomBytes_endsWithoutException() {
        Random random = new Random(11);
        byte[] alphabet = "{{[[]}\"\"a,,::\\1e ".getBytes(UTF_8);
        JsonValidator validator = JsonValidator.of(SMALL);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = alphabet[random.nextInt(alphabet.length)];
            }
            validator.validate(bytes).ifPresent(v -> assertThat(v.offset()).isBetween(0, bytes.length));
        }
    }

    @Test
    void limits_outOfRange_throwNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonLimits(-1, 0, 1, 0, 0, 0, 1))
                .withMessage("maxDepth must be 0 to 10000, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonLimits(1, 0, 0, 0, 0, 0, 1))
                .withMessageContaining("maxNumberLength");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonLimits(1, 0, 1, 0, 0, 0, 0))
                .withMessageContaining("maxTokens");
        assertThat(new JsonLimits(0, 0, 1, 0, 0, 0, 1)).isNotNull();
    }

    private static String object(int members, String value) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"m" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
