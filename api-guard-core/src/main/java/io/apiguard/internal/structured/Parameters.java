package io.apiguard.internal.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside a value (RFC 9651 section 3.1.2), in order. Immutable.
 *
 * @param values by key
 */
public record Parameters(Map<String, BareItem> values) {

    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    /** Copies the values, keeping their order. */
    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the value of a key, or {@code null} if there is none. */
    public @Nullable BareItem get(String key) {
        return values.get(key);
    }

    /** Returns whether the key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
