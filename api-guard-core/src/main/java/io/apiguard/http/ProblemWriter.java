package io.apiguard.http;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes problem documents as JSON: the members of RFC 9457 first, then the extensions in their order. */
final class ProblemWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OWN = Set.of("type", "title", "status", "detail");

    private ProblemWriter() {}

    static byte[] write(Problem problem) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", wellFormed(problem.type()));
            json.writeStringProperty("title", wellFormed(problem.title()));
            json.writeNumberProperty("status", problem.status());
            String detail = problem.detail();
            if (detail != null) {
                json.writeStringProperty("detail", wellFormed(detail));
            }
            for (Map.Entry<String, Object> member : problem.extensions().entrySet()) {
                json.writeName(wellFormed(member.getKey()));
                writeValue(json, member.getValue());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Number number) {
            json.writeNumber(new BigDecimal(number.toString()));
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> writeValue(json, element));
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, element) -> {
                json.writeName(wellFormed(String.valueOf(name)));
                writeValue(json, element);
            });
            json.writeEndObject();
        } else {
            json.writeString(wellFormed(value.toString()));
        }
    }

    /**
     * Checks that extensions can be written, so that writing a refusal never fails.
     *
     * @throws IllegalArgumentException if a name is that of a standard member, or a value is of another kind
     */
    static void requireWritable(Map<String, Object> extensions) {
        extensions.forEach((name, value) -> {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException("the extension '" + name + "' is a standard member of a problem");
            }
            requireWritable(name, value);
        });
    }

    private static void requireWritable(String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(element -> requireWritable(name, element));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> requireWritable(name, element));
        } else if (!(value == null || value instanceof String || value instanceof Boolean || isNumber(value))) {
            throw new IllegalArgumentException(
                    "the extension '" + name + "' must be made of strings, finite numbers, booleans, lists and maps");
        }
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || (value instanceof Double number && Double.isFinite(number));
    }

    /** Replaces halves of surrogate pairs, which have no UTF-8 and would make the generator fail. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
