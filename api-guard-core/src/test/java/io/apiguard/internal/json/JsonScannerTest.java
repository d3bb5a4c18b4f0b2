package io.apiguard.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

    @Test
    void feed_document_tellsTokensWithOffsets() {
        assertThat(Recorder.of("{\"a\" : [1, \"x\"],\"\\u0062\":true}".getBytes(UTF_8)).events)
                .containsExactly(
                        "start OBJECT 0",
                        "name 1 4 a",
                        "start ARRAY 7",
                        "start NUMBER 8",
                        "end NUMBER 9",
                        "comma 9",
                        "start STRING 11",
                        "end STRING 14",
                        "end ARRAY 15",
                        "comma 15",
                        "name 16 24 b",
                        "start LITERAL 25",
                        "end LITERAL 29",
                        "end OBJECT 30",
                        "null at 30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0", "0.5e+3", "1E9", "\"\"", "true", "false", "null", "[]", "{}", " 1 ", "[[]]"})
    void finish_wholeDocument_isAccepted(String document) {
        assertThat(fault(document.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "NaN",
                "tru",
                "truE",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "[] []",
                "]",
                "'a'",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"",
                "[",
                "//\n1"
            })
    void finish_notJson_isMalformed(String document) {
        assertThat(fault(document.getBytes(UTF_8))).isEqualTo(JsonFault.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00EF\u00BB\u00BF1", // byte order mark
                "\"\u00C0\u0080\"",
                "\"\u00C1\u00BF\"",
                "\"\u00E0\u009F\u00BF\"",
                "\"\u00F0\u008F\u00BF\u00BF\"", // overlong
                "\"\u00ED\u00A0\u0080\"",
                "\"\u00F4\u0090\u0080\u0080\"",
                "\"\u00F5\u0080\u0080\u0080\"", // beyond Unicode
                "\"\u0080\"",
                "\"\u00C3\"",
                "\"\u00E2\u0082\"",
                "\"\u00FF\"",
                "\"\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\n\"",
                "\"\\ud800\\u0041\"",
                "\"\\ud800\\ud800\"",
                "\"\\udc00\""
            })
    void feed_notUtf8_isEncoding(String latin) {
        assertThat(fault(latin.getBytes(ISO_8859_1))).isEqualTo(JsonFault.ENCODING);
    }

    @Test
    void feed_utf16_isRefused() {
        assertThat(fault("{\"a\":1}".getBytes(UTF_16BE))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "\\u0061, a",
        "\\u00e9, é",
        "\\u20ac, €",
        "\\ud83d\\ude00, 😀",
        "x\\/y, x/y",
        "é€😀, é€😀",
        "x\\u0000z, 'x\u0000z'"
    })
    void name_escaped_isDecoded(String spelled, String name) {
        byte[] document = ("{\"" + spelled + "\":1}").getBytes(UTF_8);
        assertThat(Recorder.of(document).events.get(1)).endsWith(" " + name);
    }

    @Test
    void feed_everyCut_tellsTheSame() {
        byte[] document = "{\"\\ud83d\\ude00n\\u0061\":[-1.5e-7,\"é€😀\\n\", null ],\"b\":{}}".getBytes(UTF_8);
        List<String> whole = Recorder.of(document).events;
        for (int a = 0; a <= document.length; a++) {
            for (int b = a; b <= document.length; b++) {
                assertThat(Recorder.of(document, a, b).events).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, true", "2, false"})
    void feed_nameLength_isBounded(int bound, boolean accepted) {
        for (String name : List.of("abc", "a\\u0062c", "\\u20ac", "€")) {
            byte[] document = ("{\"" + name + "\":1}").getBytes(UTF_8);
            JsonScanner scanner = new JsonScanner(new Recorder(), 1, bound);
            assertThat(scanner.feed(document, 0, document.length)).isEqualTo(accepted);
            assertThat(scanner.fault()).isEqualTo(accepted ? null : JsonFault.NAME_LENGTH);
        }
    }

    @Test
    void feed_depth_isBounded() {
        assertThat(faultAtDepth("[[1]]", 2)).isNull();
        assertThat(faultAtDepth("[[1]]", 1)).isEqualTo(JsonFault.DEPTH);
        assertThat(faultAtDepth("1", 0)).isNull();
        assertThat(faultAtDepth("{}", 0)).isEqualTo(JsonFault.DEPTH);
    }

    @Test
    void feed_300KilobytesOfNesting_neitherOverflowsNorHangs() {
        byte[] open = "[{\"a\":".repeat(50_000).getBytes(UTF_8);
        byte[] close = "}]".repeat(50_000).getBytes(UTF_8);
        JsonScanner scanner = new JsonScanner(new Recorder(), Integer.MAX_VALUE, 10);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(scanner.feed(open, 0, open.length)).isTrue();
            assertThat(scanner.depth()).isEqualTo(100_000);
            scanner.feed(new byte[] {'1'}, 0, 1);
            assertThat(scanner.feed(close, 0, close.length)).isTrue();
            assertThat(scanner.finish()).isTrue();
        });
    }

    @Test
    void feed_afterFault_staysRefused() {
        JsonScanner scanner = new JsonScanner(new Recorder(), 1, 1);
        assertThat(scanner.feed(new byte[] {'x'}, 0, 1)).isFalse();
        assertThat(scanner.feed(new byte[] {'1'}, 0, 1)).isFalse();
        assertThat(scanner.finish()).isFalse();
        assertThat(scanner.offset()).isZero();
    }

    @Test
    void feed_randomBytes_endsWithoutException() {
        Random random = new Random(7);
        byte[] alphabet = "{}[]\",:\\u0adt1e.- \n\u00e9".getBytes(ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = random.nextInt(8) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            int cut = random.nextInt(bytes.length + 1);
            assertThat(Recorder.of(bytes, cut).events).isEqualTo(Recorder.of(bytes).events);
        }
    }

    @Test
    void constructor_negativeBound_throws() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonScanner(new Recorder(), -1, 1));
    }

    @TestFactory
    Stream<DynamicTest> jsonTestSuite_everyFile_isJudgedAsNamed() throws Exception {
        Path folder = Path.of(
                System.getProperty("apiguard.conformance", "../../shared/conformance"), "json-test-suite/test_parsing");
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no JSONTestSuite at " + folder.toAbsolutePath());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> judge(file)));
        }
    }

    private static void judge(Path file) throws Exception {
        JsonFault fault = fault(Files.readAllBytes(file));
        switch (String.valueOf(file.getFileName()).charAt(0)) {
            case 'y' -> assertThat(fault).isNull();
            case 'n' -> assertThat(fault).isNotNull();
            default -> {} // either will do, as long as it is judged at all
        }
    }

    private static JsonFault faultAtDepth(String document, int depth) {
        JsonScanner scanner = new JsonScanner(new Recorder(), depth, 10);
        scanner.feed(document.getBytes(UTF_8), 0, document.length());
        scanner.finish();
        return scanner.fault();
    }

    private static JsonFault fault(byte[] document) {
        JsonScanner scanner = new JsonScanner(new Recorder(), 1000, 1000);
        scanner.feed(document, 0, document.length);
        scanner.finish();
        return scanner.fault();
    }
}
