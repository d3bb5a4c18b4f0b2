package io.apiguard.cedar.parser;

import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.Names;
import io.apiguard.cedar.value.Position;
import java.util.List;

/** Cuts a text into tokens. Comments run from {@code //} to the end of their line. */
final class Lexer {

    private static final List<String> SYMBOLS = List.of(
            "::", "&&", "||", "==", "!=", "<=", ">=", "(", ")", "{", "}", "[", "]", ",", ";", ":", ".", "<", ">", "!",
            "+", "-", "*", "/", "%", "@", "=", "?");

    private final String text;
    private final Lines lines;
    private int at;

    Lexer(String text) {
        this.text = text;
        this.lines = new Lines(text);
    }

    Token next() {
        skip();
        int start = at;
        if (at == text.length()) {
            return new Token(Kind.END, "", start, start);
        }
        char c = text.charAt(at);
        if (Names.isStart(c)) {
            return new Token(Kind.IDENTIFIER, identifier(), start, at);
        }
        if (isDigit(c)) {
            return new Token(Kind.INTEGER, integer(), start, at);
        }
        return c == '"' ? string() : slotOrSymbol();
    }

    private void skip() {
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                skipLine();
            } else {
                return;
            }
        }
    }

    /** White space of Unicode, all of which lies in the first plane. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) ? c < 0x1c || c > 0x1f : Character.isSpaceChar(c) || c == 0x85;
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private String identifier() {
        int start = at;
        while (at < text.length() && Names.isPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String integer() {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token string() {
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return new Token(Kind.STRING, text.substring(start + 1, at - 1), start, at);
            }
            if (Character.isSurrogate(c)) {
                at = afterPair(at - 1);
            }
            if (c == '\r') {
                throw error(at - 1, "a carriage return cannot stand in a string; write \\r");
            }
            if (c == '\\' && at < text.length() && text.charAt(at++) < ' ') {
                throw error(at - 2, "a backslash cannot stand before a line break or control character");
            }
        }
        throw error(start, "a string that begins here does not end");
    }

    /** Half of a surrogate pair is no character, and could not be written anywhere else. */
    private int afterPair(int first) {
        boolean pair =
                first + 1 < text.length() && Character.isSurrogatePair(text.charAt(first), text.charAt(first + 1));
        if (!pair) {
            throw error(first, "half of a surrogate pair, which is no character");
        }
        return first + 2;
    }

    private Token slotOrSymbol() {
        int start = at;
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                boolean slot = symbol.equals("?") && at < text.length() && Names.isStart(text.charAt(at));
                return slot
                        ? new Token(Kind.SLOT, "?" + identifier(), start, at)
                        : new Token(Kind.SYMBOL, symbol, start, at);
            }
        }
        throw error(at, "a character that is not of the language: U+%04X".formatted(text.codePointAt(at)));
    }

    CedarException error(int offset, String message) {
        return new CedarException(position(offset), message);
    }

    Position position(int offset) {
        return lines.position(offset);
    }
}
