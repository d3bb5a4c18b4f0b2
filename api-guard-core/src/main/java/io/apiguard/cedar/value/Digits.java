package io.apiguard.cedar.value;

/** Reads a text from left to right, ASCII digits and single characters only: what a regular expression lets slip is not let slip here. */
final class Digits {

    private final String text;
    private int at;

    Digits(String text, int from) {
        this.text = text;
        this.at = from;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean isAtDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /**
     * Reads all digits that follow, perhaps none, as a number, or as its negative, so that the smallest one can be read.
     *
     * @throws ArithmeticException if it does not fit
     */
    long number(boolean negative) {
        long number = 0;
        while (isAtDigit()) {
            int digit = text.charAt(at++) - '0';
            number = Math.multiplyExact(number, 10L);
            number = negative ? Math.subtractExact(number, digit) : Math.addExact(number, digit);
        }
        return number;
    }

    /** Reads exactly so many digits; a negative number if there are fewer. */
    int fixed(int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            if (!isAtDigit()) {
                return -1;
            }
            number = 10 * number + text.charAt(at++) - '0';
        }
        return number;
    }

    /** Reads a number without leading zeros of at most so many digits; a negative number if there is none. */
    int plain(int maximumDigits) {
        int from = at;
        int number = 0;
        while (isAtDigit() && at - from < maximumDigits) {
            number = 10 * number + text.charAt(at++) - '0';
        }
        boolean leadingZero = at - from > 1 && text.charAt(from) == '0';
        return at == from || leadingZero || isAtDigit() ? -1 : number;
    }
}
