package io.apiguard.internal.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of one file with their values and places; filled once while the file is read.
 *
 * @param name the file's name, for messages
 * @param values values by flat key
 * @param origins file and line by flat key
 */
record FlatFile(String name, Map<String, String> values, Map<String, String> origins) {

    FlatFile(String name) {
        this(name, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    void put(String key, String value, int line) {
        if (values.put(key, value) != null) {
            throw SettingsException.of(key, "is set twice", "Remove one of the two")
                    .at(key, place(line));
        }
        origins.put(key, place(line));
    }

    String place(int line) {
        return name + " line " + line;
    }
}
