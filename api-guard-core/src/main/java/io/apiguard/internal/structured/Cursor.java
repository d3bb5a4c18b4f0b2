package io.apiguard.internal.structured;

/** A place in a field; it only moves on. */
final class Cursor {

    /** What {@link #peek()} returns at the end: no field may contain it. */
    static final char END = '\0';

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    /** A predicate over characters, without boxing. */
    interface CharacterClass {
        boolean has(char c);
    }

    boolean atEnd() {
        return at == text.length();
    }

    char peek() {
        return atEnd() ? END : text.charAt(at);
    }

    char next() {
        if (atEnd()) {
            throw new MalformedField("a field that ends too early");
        }
        return text.charAt(at++);
    }

    boolean take(char c) {
        boolean there = !atEnd() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    void demand(char c) {
        if (!take(c)) {
            throw new MalformedField("something other than the '" + c + "' that must stand there");
        }
    }

    String takeWhile(CharacterClass characters) {
        int from = at;
        while (at < text.length() && characters.has(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    /** Spaces and tabs. */
    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }
}
