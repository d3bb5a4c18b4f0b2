package io.apiguard.servlet.bridge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in {@code application/x-www-form-urlencoded} form, read without asking the container, which may read a
 * body for them.
 */
final class QueryParameters {

    private static final int MOST_PAIRS = 1000;

    private QueryParameters() {}

    /** Whether a form has more than {@value #MOST_PAIRS} pairs. */
    static boolean exceedsBound(byte[] form) {
        int pairs = 1;
        for (byte each : form) {
            pairs += each == '&' ? 1 : 0;
        }
        return pairs > MOST_PAIRS;
    }

    /** Returns the parameters in order; a pair that is not well-formed is left out, as containers do. */
    static Map<String, String[]> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(pair, values);
            }
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
        return Collections.unmodifiableMap(parameters);
    }

    private static void add(String pair, Map<String, List<String>> values) {
        int equals = pair.indexOf('=');
        try {
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        } catch (IllegalArgumentException malformed) {
            return;
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
