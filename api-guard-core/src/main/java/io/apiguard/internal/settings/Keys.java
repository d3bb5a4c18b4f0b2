package io.apiguard.internal.settings;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for the names of settings. */
final class Keys {

    private Keys() {}

    /** Joins a section's key and a key within it; an index such as {@code [0]} is not preceded by a dot. */
    static String join(String section, String key) {
        if (section.isEmpty() || key.isEmpty()) {
            return section + key;
        }
        return key.startsWith("[") ? section + key : section + "." + key;
    }

    /** Returns a component's name in kebab case. */
    static String kebab(String component) {
        StringBuilder key = new StringBuilder(component.length() + 4);
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (Character.isUpperCase(c)) {
                key.append('-');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** Returns the form in which spellings of one name ({@code max-body}, {@code maxBody}, {@code max_body}) are equal. */
    static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the candidate that a mistyped name most likely stands for, or {@code null} if none is near. */
    static @Nullable String nearest(String name, Collection<String> candidates) {
        String best = null;
        int bestDistance = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(uniform(name), uniform(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Counts the insertions, deletions and replacements between two words (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
