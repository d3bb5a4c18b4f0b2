package io.apiguard.internal.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/** Reads {@code .properties} files, in which no key may stand twice. */
final class PropertiesFile {

    private PropertiesFile() {}

    static FlatFile read(String name, String text) {
        FlatFile file = new FlatFile(name);
        StringBuilder logical = new StringBuilder();
        int line = 0;
        int start = 1;
        for (String natural : text.split("\\R", -1)) {
            line++;
            logical.append(natural).append('\n');
            if (!continues(natural, logical)) {
                add(file, logical.toString(), start);
                logical.setLength(0);
                start = line + 1;
            }
        }
        add(file, logical.toString(), start);
        return file;
    }

    /** Tells whether a line ends in an odd number of backslashes, and is no comment. */
    private static boolean continues(String natural, CharSequence logical) {
        int backslashes = 0;
        while (backslashes < natural.length() && natural.charAt(natural.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        String start = logical.toString().stripLeading();
        return backslashes % 2 == 1 && !start.startsWith("#") && !start.startsWith("!");
    }

    private static void add(FlatFile file, String logical, int line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException e) {
            throw SettingsException.of("", "A line has an escape that cannot be read", "Write it as \\u0041")
                    .at("", file.place(line));
        }
        one.stringPropertyNames().forEach(key -> file.put(key, one.getProperty(key), line));
    }
}
