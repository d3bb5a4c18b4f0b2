package io.apiguard.authn;

/** The syntax of the {@code Authorization} field, by hand: linear in the input and without backtracking. */
final class HeaderSyntax {

    private HeaderSyntax() {}

    /** RFC 9110 section 5.6.2. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** {@code 1*SP token68} from a position to the end (RFC 6750 section 2.1, RFC 9449 section 7.1). */
    static boolean isToken68(String value, int from) {
        int start = skip(value, from, ' ');
        int equals = start;
        while (equals < value.length() && isBase64(value.charAt(equals))) {
            equals++;
        }
        return start > from && equals > start && skip(value, equals, '=') == value.length();
    }

    static int skipSpaces(String value, int from) {
        return skip(value, from, ' ');
    }

    private static int skip(String value, int from, char skipped) {
        int i = from;
        while (i < value.length() && value.charAt(i) == skipped) {
            i++;
        }
        return i;
    }

    private static boolean isBase64(char c) {
        return isLetterOrDigit(c) || "-._~+/".indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
