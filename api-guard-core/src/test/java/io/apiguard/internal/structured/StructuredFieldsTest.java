package io.apiguard.internal.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** The vectors of the HTTP working group for RFC 9651, and what they leave out. */
class StructuredFieldsTest {

    @Test
    void parse_allVectors_refusedOrEqualToValueAndCanonicalForm() throws Exception {
        List<Map<String, Object>> cases = cases("structured-field-tests");
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : cases) {
            String fault = parseFault(vector);
            if (fault != null) {
                wrong.add(vector.get("name") + ": " + fault);
            }
        }
        System.out.println("structured fields: " + (cases.size() - wrong.size()) + "/" + cases.size());
        assertThat(cases).hasSizeGreaterThan(1500);
        assertThat(wrong).isEmpty();
    }

    @Test
    void write_allVectors_refusedOrCanonical() throws Exception {
        List<Map<String, Object>> cases = cases("structured-field-tests/serialisation-tests");
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : cases) {
            String fault = writeFault(vector);
            if (fault != null) {
                wrong.add(vector.get("name") + ": " + fault);
            }
        }
        System.out.println("structured fields written: " + (cases.size() - wrong.size()) + "/" + cases.size());
        assertThat(wrong).isEmpty();
    }

    private static String parseFault(Map<String, Object> vector) {
        boolean mustFail = Boolean.TRUE.equals(vector.get("must_fail"));
        Object parsed;
        try {
            parsed = parse((String) vector.get("header_type"), strings(vector.get("raw")));
        } catch (MalformedField e) {
            return mustFail ? null : "refused: " + e.getMessage();
        }
        if (mustFail) {
            return "accepted";
        }
        Object expected = field(vector);
        if (!comparable(expected).equals(comparable(parsed))) {
            return "read as " + parsed;
        }
        return canonical(vector).equals(write(parsed)) ? null : "written as " + write(parsed);
    }

    private static String writeFault(Map<String, Object> vector) {
        boolean mustFail = Boolean.TRUE.equals(vector.get("must_fail"));
        try {
            String written = write(field(vector));
            return !mustFail && written.equals(canonical(vector)) ? null : "written as " + written;
        } catch (MalformedField e) {
            return mustFail ? null : "refused: " + e.getMessage();
        }
    }

    private static Object parse(String type, List<String> lines) {
        return switch (type) {
            case "item" -> FieldParser.item(lines);
            case "list" -> FieldParser.list(lines);
            default -> FieldParser.dictionary(lines);
        };
    }

    @SuppressWarnings("unchecked")
    private static String write(Object field) {
        if (field instanceof Member member) {
            return FieldWriter.member(member);
        }
        return field instanceof Map
                ? FieldWriter.dictionary((Map<String, Member>) field)
                : FieldWriter.list((List<Member>) field);
    }

    /** With order: maps do not compare it. */
    private static String comparable(Object field) {
        return field.toString() + write(field);
    }

    private static String canonical(Map<String, Object> vector) {
        return String.join(", ", strings(vector.get(vector.containsKey("canonical") ? "canonical" : "raw")));
    }

    private static Object field(Map<String, Object> vector) {
        List<?> expected = (List<?>) vector.get("expected");
        return switch ((String) vector.get("header_type")) {
            case "item" -> item(expected);
            case "list" ->
                expected.stream().map(value -> member((List<?>) value)).toList();
            default -> entries(expected);
        };
    }

    private static Map<String, Member> entries(List<?> expected) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (Object entry : expected) {
            members.put((String) ((List<?>) entry).get(0), member((List<?>) ((List<?>) entry).get(1)));
        }
        return members;
    }

    private static Member member(List<?> json) {
        if (json.get(0) instanceof List<?> items) {
            return new Member.InnerList(
                    items.stream().map(item -> item((List<?>) item)).toList(), parameters((List<?>) json.get(1)));
        }
        return item(json);
    }

    private static Member.Item item(List<?> json) {
        return new Member.Item(bare(json.get(0)), parameters((List<?>) json.get(1)));
    }

    private static Parameters parameters(List<?> json) {
        Map<String, BareItem> values = new LinkedHashMap<>();
        for (Object entry : json) {
            values.put((String) ((List<?>) entry).get(0), bare(((List<?>) entry).get(1)));
        }
        return new Parameters(values);
    }

    private static BareItem bare(Object json) {
        if (json instanceof Long number) {
            return new BareItem.Whole(number);
        }
        if (json instanceof Double number) {
            return new BareItem.Decimal(BigDecimal.valueOf(number));
        }
        if (json instanceof String text) {
            return new BareItem.Text(text);
        }
        return json instanceof Boolean truth ? new BareItem.Truth(truth) : typed((Map<?, ?>) json);
    }

    private static BareItem typed(Map<?, ?> json) {
        Object value = json.get("value");
        return switch ((String) json.get("__type")) {
            case "token" -> new BareItem.Token((String) value);
            case "binary" -> new BareItem.Bytes(base32((String) value));
            case "date" -> new BareItem.Date((Long) value);
            default -> new BareItem.DisplayText((String) value);
        };
    }

    private static byte[] base32(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int held = 0;
        for (char c : text.replace("=", "").toCharArray()) {
            bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.write(bits >> held);
            }
        }
        return bytes.toByteArray();
    }

    private static List<String> strings(Object json) {
        return ((List<?>) json).stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> cases(String name) throws IOException, JoseException {
        Path folder = Path.of(System.getProperty("apiguard.conformance", "../../shared/conformance"))
                .resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no conformance data at " + folder.toAbsolutePath());
        List<Map<String, Object>> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String json = "{\"cases\":" + Files.readString(file) + "}";
                cases.addAll(
                        (List<Map<String, Object>>) JsonUtil.parseJson(json).get("cases"));
            }
        }
        return cases;
    }

    @Test
    void parse_fieldBeyondTheBound_isRefused() {
        String value = "a".repeat(FieldParser.MAXIMUM_LENGTH);

        assertThat(FieldParser.item(List.of(value)).value()).isEqualTo(new BareItem.Token(value));
        assertThatExceptionOfType(MalformedField.class).isThrownBy(() -> FieldParser.item(List.of(value + "a")));
        assertThatExceptionOfType(MalformedField.class).isThrownBy(() -> FieldParser.list(List.of(value, value)));
    }

    @Test
    void distinctDictionary_equalKeys_areRefused() {
        assertThat(FieldParser.dictionary(List.of("a=1, b=2, a=3"))).hasSize(2);
        assertThat(FieldParser.distinctDictionary(List.of("a=1, b=2;a=3"))).hasSize(2);
        for (String twice : List.of("a=1, a=1", "a=1;x;x", "a=(b;x=1;x=2)", "a=();x=1;x=1")) {
            assertThatExceptionOfType(MalformedField.class)
                    .isThrownBy(() -> FieldParser.distinctDictionary(List.of(twice)));
        }
        assertThatExceptionOfType(MalformedField.class)
                .isThrownBy(() -> FieldParser.distinctDictionary(List.of("a=1", "a=2")));
    }

    @Test
    void parse_noLines_isAnEmptyListOrDictionaryAndNoItem() {
        assertThat(FieldParser.list(List.of())).isEmpty();
        assertThat(FieldParser.dictionary(List.of())).isEmpty();
        assertThatExceptionOfType(MalformedField.class).isThrownBy(() -> FieldParser.item(List.of()));
    }

    @Test
    void malformed_message_holdsNoPartOfTheField() {
        assertThatExceptionOfType(MalformedField.class)
                .isThrownBy(() -> FieldParser.item(List.of(":secret!:")))
                .withMessageNotContaining("secret")
                .withNoCause();
    }
}
