package io.apiguard.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came over the wire, transfer coding removed.
 *
 * @param status the status; 0 if the connection ended without one
 * @param fields the header lines in order
 * @param body the body
 * @param head everything before the body, as received
 */
public record RawAnswer(int status, List<Map.Entry<String, String>> fields, byte[] body, String head) {

    /** An answer to nothing: the server closed the connection. */
    static RawAnswer none() {
        return new RawAnswer(0, List.of(), new byte[0], "");
    }

    List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** {@return the values of a field, joined by commas; null if there is none} */
    @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Nullable Object json() {
        try {
            return Json.read(text());
        } catch (IOException e) {
            throw new AssertionError("the body is no JSON: " + text(), e);
        }
    }

    boolean isProblem() {
        String type = header("Content-Type");
        return type != null && type.startsWith("application/problem+json");
    }

    @Override
    public String toString() {
        String text = text();
        return head + "\n\n" + (text.length() > 2000 ? text.substring(0, 2000) + "..." : text);
    }
}
