package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the quick reader reads, the parser for all of JSON reads the same. */
class PlainJsonTest {

    private static final String PLAIN =
            " {\"iss\" : \"https://id.example.com\",\"aud\":[\"a\",\"b c\"],\n\"exp\":1767225600,\"i\":-0,"
                    + "\"t\":true,\"f\":false,\"n\":null,\"o\":{\"x\":{},\"y\":[]},\"e\":\"\",\"long\":999999999999999999}\r\t";

    private static Map<String, Object> plain(String json) {
        return PlainJson.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertSameOrGivenUp(byte[] json) {
        Map<String, Object> plain = PlainJson.object(json);
        if (plain != null) {
            Map<String, Object> strict = StrictJson.anyObject(json);
            assertThat(plain).isEqualTo(strict);
            assertThat(plain.toString()).isEqualTo(strict.toString()); // the order too
        }
    }

    @Test
    void object_plain_isReadAsByTheOther() {
        assertThat(plain(PLAIN)).isNotNull().hasSize(10);
        assertSameOrGivenUp(PLAIN.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{}}",
                "{} {}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 2}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":{]}",
                "{a:1}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":- 1}",
                "{\"a\":1.0}",
                "{\"a\":1e1}",
                "{\"a\":1000000000000000000}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":null,\"a\":1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\u00e9\"}",
                "{\"a\":\"b}",
                "{\"a\":tru}",
                "{\"a\":truE}",
                "{\"a\":nul",
                "{\"a\":\u00001}",
                "\ufeff{}",
                "{\"a\":[[[[[[[[]]]]]]]]}"
            })
    void object_anythingElse_isLeftToTheOther(String json) {
        assertThat(plain(json)).isNull();
    }

    @Test
    void object_longName_isLeftToTheOther() {
        assertThat(plain("{\"" + "a".repeat(256) + "\":1}")).isNotNull();
        assertThat(plain("{\"" + "a".repeat(257) + "\":1}")).isNull();
    }

    @Property(tries = 5_000)
    void object_textOfJsonsOwnCharacters_isReadAsByTheOtherOrNotAtAll(@ForAll("texts") String json) {
        assertSameOrGivenUp(("{" + json + "}").getBytes(StandardCharsets.UTF_8));
        assertSameOrGivenUp(("{\"a\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "\"a\"", "\"b\"", "\"", "{", "}", "[", "]", ":", ",", "1", "-", "0", ".", "e", "true", "null",
                        " ", "\\")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    /** Each byte of a good document replaced by each other byte. */
    @Test
    void object_oneByteChanged_isReadAsByTheOtherOrNotAtAll() {
        byte[] good = PLAIN.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < good.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = good.clone();
                changed[at] = (byte) value;
                assertSameOrGivenUp(changed);
            }
        }
    }
}
