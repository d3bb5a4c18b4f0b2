package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.Pattern;
import io.apiguard.cedar.value.CedarException;
import org.jspecify.annotations.Nullable;

/** Reads the escapes of strings and patterns (Cedar Policy Language Reference, "String"). */
final class Unescaper {

    private static final int MAXIMUM_HEX_DIGITS = 6;

    private final Lexer lexer;
    private final Token token;
    private int at;

    Unescaper(Lexer lexer, Token token) {
        this.lexer = lexer;
        this.token = token;
    }

    String string() {
        if (token.text().indexOf('\\') < 0) {
            return token.text();
        }
        StringBuilder all = new StringBuilder();
        while (at < token.text().length()) {
            all.appendCodePoint(codePoint(null));
        }
        return all.toString();
    }

    /** A star is a wildcard also when it is written by its number; only {@code \*} is a star. */
    Pattern pattern() {
        Pattern.Builder pattern = new Pattern.Builder();
        while (at < token.text().length()) {
            int c = codePoint(pattern);
            if (c == '*') {
                pattern.wildcard();
            } else if (c >= 0) {
                pattern.literal(c);
            }
        }
        return pattern.build();
    }

    /** Returns the next character, or a negative number if it was an escaped star and went into the pattern. */
    private int codePoint(Pattern.@Nullable Builder pattern) {
        int c = token.text().codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') {
            return c;
        }
        char escape = token.text().charAt(at++);
        if (escape == '*' && pattern != null) {
            pattern.literal('*');
            return -1;
        }
        return switch (escape) {
            case '"', '\\', '\'' -> escape;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> 0;
            case 'x' -> ascii();
            case 'u' -> unicode();
            default -> throw error("an escape that is not of the language: \\" + escape);
        };
    }

    private int ascii() {
        int value = at + 2 <= token.text().length() ? hex(at, at + 2) : -1;
        at += 2;
        if (value < 0 || value > 0x7f) {
            throw error("\\x takes two hexadecimal digits, 7F at most");
        }
        return value;
    }

    private int unicode() {
        int close = token.text().indexOf('}', at);
        boolean braces = close >= 0 && token.text().charAt(at) == '{';
        int length = close - at - 1;
        int value = braces && length >= 1 && length <= MAXIMUM_HEX_DIGITS ? hex(at + 1, close) : -1;
        if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xd800 && value <= 0xdfff)) {
            throw error("\\u takes one to six hexadecimal digits in braces that name a character, no surrogate");
        }
        at = close + 1;
        return value;
    }

    private int hex(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = token.text().charAt(i) > 'f'
                    ? -1
                    : Character.digit(token.text().charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private CedarException error(String message) {
        return lexer.error(token.start() + at, message);
    }
}
