package io.apiguard.authn.jose;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads members of a JSON object by the one type they may have. */
public final class Members {

    private Members() {}

    /**
     * Returns a string, or {@code null} if the object has no such member.
     *
     * @throws Malformed if the member is of another type, {@code null} included
     */
    public static @Nullable String string(Map<String, ? extends @Nullable Object> object, String name) {
        Object value = object.get(name);
        if (value instanceof String text) {
            return text;
        }
        if (object.containsKey(name)) {
            throw new Malformed("'" + name + "' is not a string");
        }
        return null;
    }

    /**
     * Returns a string.
     *
     * @throws Malformed if the member is absent or of another type
     */
    public static String demanded(Map<String, ? extends @Nullable Object> object, String name) {
        String text = string(object, name);
        if (text == null) {
            throw new Malformed("'" + name + "' is missing");
        }
        return text;
    }

    /**
     * Returns an array of strings in order and without repetitions.
     *
     * @param value the value of a member
     * @param name its name, for the message
     * @throws Malformed if it is anything else
     */
    public static Set<String> strings(@Nullable Object value, String name) {
        if (!(value instanceof List<?> list)) {
            throw new Malformed("'" + name + "' is not an array");
        }
        Set<String> strings = new LinkedHashSet<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw new Malformed("'" + name + "' holds something other than strings");
            }
            strings.add(text);
        }
        return strings;
    }
}
