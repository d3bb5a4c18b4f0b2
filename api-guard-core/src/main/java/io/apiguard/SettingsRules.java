package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.SettingsException;
import io.apiguard.internal.settings.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules that several sections of the settings share; each throws with the given key. */
final class SettingsRules {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]++/(?:\\*\\+)?[a-z0-9!#$&^_.+-]++");

    private SettingsRules() {}

    static <T> void checkUnique(List<T> elements, Function<T, Object> by, String key, String part) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            Object value = by.apply(elements.get(i));
            Checks.that(
                    seen.add(value),
                    key + "[" + i + "]." + part,
                    "is " + Texts.quote(value.toString()) + ", which stands in " + key + " twice",
                    "Make one of the two");
        }
    }

    /** Asks the very code that will read the values later. */
    static void checkReadable(String key, List<String> values, Consumer<String> reader) {
        for (String value : values) {
            try {
                reader.accept(value);
            } catch (IllegalArgumentException e) {
                throw SettingsException.of(key, "has " + Texts.quote(value), String.valueOf(e.getMessage()));
            }
        }
    }

    static void checkMediaTypes(List<String> types) {
        for (String type : types) {
            Checks.that(
                    MEDIA_TYPE.matcher(type).matches(),
                    "content-types",
                    "has " + Texts.quote(type) + ", which is no media type",
                    "Write it in lower case without parameters, as application/json or application/*+json");
        }
    }
}
