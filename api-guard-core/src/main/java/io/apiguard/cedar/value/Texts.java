package io.apiguard.cedar.value;

import java.util.Comparator;

/** What Cedar says of text: which is text at all, how it is quoted, how it is put in order. Thread-safe. */
public final class Texts {

    /** The order of code points, which for text beyond U+FFFF is not {@link String}'s. */
    public static final Comparator<String> BY_CODE_POINT = Texts::compare;

    private Texts() {}

    /**
     * Refuses a text that has half of a surrogate pair, which is no Unicode scalar value.
     *
     * @param text any text
     * @throws CedarException if it has
     */
    public static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new CedarException("a text has a lone surrogate at index " + i + ", which is no character");
                }
                i++;
            }
        }
    }

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /**
     * Returns a text as a string literal of Cedar.
     *
     * @param text any text
     */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> appendEscaped(quoted, c));
        return quoted.append('"').toString();
    }

    /**
     * Appends a character as it stands within a string literal.
     *
     * @param to what to append to
     * @param codePoint any Unicode scalar value
     */
    public static void appendEscaped(StringBuilder to, int codePoint) {
        switch (codePoint) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case 0 -> to.append("\\0");
            default -> {
                if (isVisible(codePoint)) {
                    to.appendCodePoint(codePoint);
                } else {
                    to.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
                }
            }
        }
    }

    /** What cannot be seen, or turns the direction of what stands beside it, is written as an escape. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
