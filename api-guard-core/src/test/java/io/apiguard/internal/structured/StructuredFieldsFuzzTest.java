package io.apiguard.internal.structured;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is presented as a structured field is read or refused, and what is read is written so that it reads the same. */
class StructuredFieldsFuzzTest {

    @MethodSource("fields")
    @FuzzTest(maxDuration = "60s")
    void parse_anyText_isRefusedOrReadsBackTheSame(byte[] bytes) {
        List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
        check(lines, FieldParser::item, FieldWriter::member);
        check(lines, FieldParser::list, FieldWriter::list);
        check(lines, FieldParser::dictionary, FieldWriter::dictionary);
        check(lines, FieldParser::distinctDictionary, FieldWriter::dictionary);
    }

    private static <T> void check(List<String> lines, Function<List<String>, T> parser, Function<T, String> writer) {
        T field;
        try {
            field = parser.apply(lines);
        } catch (MalformedField e) {
            return;
        }
        String written = writer.apply(field);
        if (written.length() <= FieldParser.MAXIMUM_LENGTH
                && !writer.apply(parser.apply(List.of(written))).equals(written)) {
            throw new AssertionError("a field that does not read back the same");
        }
    }

    static Stream<byte[]> fields() {
        return Stream.of(
                        "a;b=1.5;c=?0, (\"x\" :AAAA: @1659578233);d, -999999999999999",
                        "a=1, b;x=y, c=(1 2);q=0.9, d=%\"f%c3%bc\", a=2",
                        "\"a\\\"b\";p\nfoo/bar:1.0;*k=tok")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
