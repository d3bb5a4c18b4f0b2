package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.CedarException;
import java.util.ArrayList;
import java.util.List;

/**
 * The pattern of {@code like}: texts with a wildcard between each two, so that {@code a*b} is {@code [a, b]} and {@code *} is two empty texts.
 *
 * @param parts the texts between the wildcards; at least one
 */
public record Pattern(List<String> parts) {

    /**
     * Copies the list.
     *
     * @throws CedarException if there is no text
     */
    public Pattern {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new CedarException("a pattern has at least one part");
        }
    }

    /**
     * Returns whether a text matches as a whole. Takes time in proportion to the sum of both lengths.
     *
     * @param text any text
     */
    public boolean matches(String text) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (int i = 1; i < parts.size() - 1; i++) {
            int found = Search.indexOf(text, parts.get(i), at);
            at = found + parts.get(i).length();
            if (found < 0 || at > end) {
                return false;
            }
        }
        return true;
    }

    /** Puts a pattern together, piece by piece. Not thread-safe. */
    public static final class Builder {

        private final List<String> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        /** Makes a builder of the empty pattern. */
        public Builder() {}

        /**
         * Appends a character that stands for itself.
         *
         * @param codePoint any Unicode scalar value
         */
        public void literal(int codePoint) {
            text.appendCodePoint(codePoint);
        }

        /** Appends a wildcard. */
        public void wildcard() {
            parts.add(text.toString());
            text.setLength(0);
        }

        /** Returns the pattern. */
        public Pattern build() {
            List<String> all = new ArrayList<>(parts);
            all.add(text.toString());
            return new Pattern(all);
        }
    }
}
