package io.apiguard.cedar.parser;

/**
 * A word of the text.
 *
 * @param kind what it is
 * @param text as it stands there, a string without its quotes
 * @param start where it begins
 * @param end where it ends
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        IDENTIFIER,
        INTEGER,
        STRING,
        SLOT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.IDENTIFIER && text.equals(word);
    }

    /** Returns the token as a message shows it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the text";
            case STRING -> "a string";
            default -> "'" + text + "'";
        };
    }
}
