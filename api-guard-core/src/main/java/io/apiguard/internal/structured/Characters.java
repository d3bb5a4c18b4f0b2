package io.apiguard.internal.structured;

/** The character classes of RFC 9651. */
final class Characters {

    private Characters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAlpha(char c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }

    static boolean isVisible(char c) {
        return c >= ' ' && c <= '~';
    }

    static boolean startsKey(char c) {
        return isLower(c) || c == '*';
    }

    static boolean isInKey(char c) {
        return isLower(c) || isDigit(c) || "_-.*".indexOf(c) >= 0;
    }

    static boolean startsToken(char c) {
        return isAlpha(c) || c == '*';
    }

    /** A {@code tchar} of RFC 9110, a colon or a slash. */
    static boolean isInToken(char c) {
        return isAlpha(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    static boolean isBase64(char c) {
        return isAlpha(c) || isDigit(c) || c == '+' || c == '/' || c == '=';
    }
}
