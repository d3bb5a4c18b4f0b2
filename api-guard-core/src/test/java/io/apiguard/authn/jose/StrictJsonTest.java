package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static Map<String, Object> read(String json) {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void object_everyType_isReadInOrder() {
        Map<String, Object> object =
                read("{\"s\":\"\\u0041\\ud83d\\ude00\",\"i\":-7,\"b\":123456789012345678901,\"d\":1.5e2,\"t\":true,"
                        + "\"f\":false,\"n\":null,\"l\":[1,[]],\"o\":{\"x\":{}}}");
        assertThat(object.keySet()).containsExactly("s", "i", "b", "d", "t", "f", "n", "l", "o");
        assertThat(object)
                .containsEntry("s", "A\ud83d\ude00")
                .containsEntry("i", -7L)
                .containsEntry("b", new BigInteger("123456789012345678901"))
                .containsEntry("d", new BigDecimal("1.5e2"))
                .containsEntry("n", null)
                .containsEntry("l", List.of(1L, List.of()))
                .containsEntry("o", Map.of("x", Map.of()));
    }

    @Test
    void object_integersAtTheEdgesOfALong_areLongsUpToThem() {
        assertThat(read("{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":9223372036854775808,\"d\":-0}"))
                .containsEntry("a", Long.MAX_VALUE)
                .containsEntry("b", Long.MIN_VALUE)
                .containsEntry("c", new BigInteger("9223372036854775808"))
                .containsEntry("d", 0L);
    }

    /** The character that decoders put in place of malformed bytes may stand in a document itself. */
    @Test
    void object_replacementCharacter_isReadIfItIsMeant() {
        assertThat(read("{\"\ufffd\":\"\ufffd\ud83d\ude00\"}")).containsEntry("\ufffd", "\ufffd\ud83d\ude00");
        byte[] malformed = "{\"a\":\"\ufffd?\"}".getBytes(StandardCharsets.UTF_8);
        malformed[malformed.length - 3] = (byte) 0xff;
        assertThatThrownBy(() -> StrictJson.object(malformed)).isInstanceOf(Malformed.class);
    }

    @Test
    void object_atEveryDepth_isUnmodifiable() {
        Map<String, Object> object = read("{\"l\":[1],\"o\":{}}");
        assertThatThrownBy(() -> object.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) object.get("l")).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) object.get("o")).remove("x"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"a\"",
                "[]",
                "{",
                "{}}",
                "{} {}",
                "{}x",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":null,\"b\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800x\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{/**/}",
                "{}//",
                "\ufeff{}",
                "{\"a\":1e309}",
                "{\"a\":1e-309}",
                "{\"a\":1e1000000000}",
                "{\"a\":1e99999999999}",
                "{\"a\":tru}"
            })
    void object_notStrict_isRefusedWithoutEcho(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Malformed.class).hasNoCause();
    }

    @Test
    void object_atAndOverItsBounds_isJudged() {
        read("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}");
        refused("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}");
        refused("{\"a\":" + "[".repeat(200_000));
        read("{\"a\":" + "9".repeat(64) + "}");
        refused("{\"a\":" + "9".repeat(65) + "}");
        refused("{\"a\":" + "9".repeat(100_000) + "}");
        refused("{\"" + "a".repeat(1025) + "\":1}");
        refused("{\"a\":\"" + "a".repeat(512 * 1024) + "\"}");
    }

    private static void refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Malformed.class);
    }

    @Test
    void object_malformedUtf8_isRefused() {
        for (int[] bad : new int[][] {
            {0xc0, 0x80},
            {0xc1, 0xbf},
            {0xe0, 0x80, 0x80},
            {0xed, 0xa0, 0x80},
            {0xf5, 0x80, 0x80, 0x80},
            {0x80},
            {0xff},
            {0xe2, 0x82}
        }) {
            byte[] json = "{\"a\":\"xxxx\"}".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bad.length; i++) {
                json[6 + i] = (byte) bad[i];
            }
            assertThatThrownBy(() -> StrictJson.object(json)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void object_jsonTestSuite_givesItsVerdict() throws IOException {
        int judged = 0;
        try (Stream<Path> files = Files.list(Vectors.file("json-test-suite/test_parsing"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                boolean read = reads(Files.readAllBytes(file));
                if (name.startsWith("n_")) {
                    assertThat(read).as(name).isFalse();
                    judged++;
                } else if (name.startsWith("y_object") && !name.contains("duplicated")) {
                    assertThat(read).as(name).isTrue();
                    judged++;
                }
            }
        }
        System.out.println("json-test-suite: " + judged + " objects and refusals judged right");
    }

    private static boolean reads(byte[] json) {
        try {
            StrictJson.object(json);
            return true;
        } catch (Malformed e) {
            return false;
        }
    }
}
