package io.apiguard.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The few lexical rules of RFC 9110 section 5.6 that the rules of this package share; all are independent of the
 * default locale.
 */
final class Syntax {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final boolean[] TOKEN = new boolean[128];
    private static final int LONG_VALUE = 64;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static {
        for (char c = 0; c < 128; c++) {
            TOKEN[c] = isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
        }
    }

    private Syntax() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isTokenChar(char c) {
        return c < 128 && TOKEN[c];
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** {@return whether a field value has visible ASCII, space and tab only} */
    static boolean isFieldValue(String text) {
        return text.length() > LONG_VALUE && isVisible(text.getBytes(StandardCharsets.UTF_8))
                || isShortFieldValue(text);
    }

    /**
     * Eight bytes at a time, since a token has a thousand of them. Of the three operands the first has the top bit of a
     * byte above 0x7f, the second that of one below the space, the third that of DEL.
     */
    private static boolean isVisible(byte[] bytes) {
        long bad = 0;
        int at = 0;
        for (; at <= bytes.length - 8; at += 8) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            bad |= eight | (eight - 0x2020_2020_2020_2020L) | (eight + 0x0101_0101_0101_0101L);
        }
        for (; at < bytes.length; at++) {
            bad |= bytes[at] | (bytes[at] - ' ') | (bytes[at] + 1);
        }
        return (bad & 0x8080_8080_8080_8080L) == 0;
    }

    private static boolean isShortFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the text is one to {@code most} ASCII digits} */
    static boolean isDigits(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= most;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@return the text without optional white space, which is space and tab only, around it} */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * {@return the members of a comma-separated list over all lines, trimmed; an empty member stays, so that a caller
     * can refuse it}
     */
    static List<String> listMembers(List<String> lines) {
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            int from = 0;
            for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
                members.add(trim(line.substring(from, comma)));
                from = comma + 1;
            }
            members.add(trim(line.substring(from)));
        }
        return members;
    }
}
