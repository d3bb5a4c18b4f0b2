package io.apiguard.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * A decimal number with four digits after the point (Cedar Policy Language Reference, "decimal").
 *
 * @param tenThousandths the number times ten thousand
 */
public record DecimalValue(long tenThousandths) implements Value {

    private static final int DIGITS = 4;
    private static final long ONE = 10_000;

    /**
     * Reads a decimal number: perhaps a minus, digits, a point, one to four digits.
     *
     * @param text any text
     * @return the number, or {@code null} if the text is none, or it is out of range
     */
    public static @Nullable DecimalValue parse(String text) {
        Digits digits = new Digits(text, text.startsWith("-") ? 1 : 0);
        boolean negative = text.startsWith("-");
        try {
            int wholeFrom = digits.at();
            long whole = digits.number(negative);
            if (digits.at() == wholeFrom || !digits.take('.')) {
                return null;
            }
            int from = digits.at();
            long fraction = digits.number(negative);
            int length = digits.at() - from;
            if (length == 0 || length > DIGITS || !digits.isAtEnd()) {
                return null;
            }
            for (int i = length; i < DIGITS; i++) {
                fraction *= 10;
            }
            return new DecimalValue(Math.addExact(Math.multiplyExact(whole, ONE), fraction));
        } catch (ArithmeticException e) {
            return null;
        }
    }

    @Override
    public String typeName() {
        return "decimal";
    }

    /** Returns the number as {@link #parse} reads it, with as few digits as tell it. */
    public String text() {
        long whole = tenThousandths / ONE;
        long fraction = Math.abs(tenThousandths % ONE);
        String digits = String.format("%04d", fraction).replaceFirst("0{1,3}$", "");
        return (tenThousandths < 0 && whole == 0 ? "-" : "") + whole + "." + digits;
    }

    @Override
    public String toString() {
        return "decimal(\"" + text() + "\")";
    }
}
