package io.apiguard.internal.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values by key as they were written, and where each stands. Immutable if the function is. */
public final class SettingsSource {

    /**
     * One value.
     *
     * @param written the key as the user wrote it
     * @param value the text
     * @param origin where it stands, or {@code null} if that is not known
     */
    record Entry(String written, String value, @Nullable String origin) {}

    private final String prefix;
    private final Map<String, Entry> entries;

    private SettingsSource(String prefix, Map<String, Entry> entries) {
        this.prefix = prefix;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Makes a source.
     *
     * @param values values by key, such as {@code jwt.issuer} or {@code routes[0].endpoint}
     * @param origin tells where a key stands, or {@code null} if it does not know
     * @param optionalPrefix what all keys may start with, without the dot that follows it
     * @return the source
     */
    public static SettingsSource of(
            Map<String, String> values, Function<String, @Nullable String> origin, String optionalPrefix) {
        String start = optionalPrefix + ".";
        boolean prefixed = !values.isEmpty() && values.keySet().stream().allMatch(key -> key.startsWith(start));
        String prefix = prefixed ? start : "";
        Map<String, Entry> entries = new LinkedHashMap<>();
        values.forEach(
                (key, value) -> entries.put(key.substring(prefix.length()), new Entry(key, value, origin.apply(key))));
        return new SettingsSource(prefix, entries);
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** Returns what a key would be called in this source. */
    String written(String key) {
        return prefix + key;
    }
}
