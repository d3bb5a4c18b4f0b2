package io.apiguard.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * A span of time, positive or negative (Cedar Policy Language Reference, "duration").
 *
 * @param millis its length in milliseconds
 */
public record DurationValue(long millis) implements Value {

    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] LENGTHS = {DAY, HOUR, MINUTE, SECOND, 1};

    /**
     * Reads a duration: perhaps a minus, then numbers with the units {@code d h m s ms} in this order, each at most once, at least one.
     *
     * @param text any text
     * @return the duration, or {@code null} if the text is none, or it is out of range
     */
    public static @Nullable DurationValue parse(String text) {
        boolean negative = text.startsWith("-");
        Digits digits = new Digits(text, negative ? 1 : 0);
        long sum = 0;
        int last = -1;
        try {
            do {
                int from = digits.at();
                long number = digits.number(negative);
                int unit = digits.at() == from ? -1 : unit(digits);
                if (unit <= last) {
                    return null;
                }
                last = unit;
                sum = Math.addExact(sum, Math.multiplyExact(number, LENGTHS[unit]));
            } while (!digits.isAtEnd());
            return new DurationValue(sum);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static int unit(Digits digits) {
        if (digits.take('m')) {
            return digits.take('s') ? 4 : 2;
        }
        if (digits.take('s')) {
            return 3;
        }
        return digits.take('d') ? 0 : digits.take('h') ? 1 : -1;
    }

    /** Returns the duration as {@link #parse} reads it, in the largest units that tell it. */
    public String text() {
        if (millis == 0) {
            return "0ms";
        }
        StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
        long rest = millis;
        for (int i = 0; i < UNITS.length; i++) {
            long number = rest / LENGTHS[i];
            rest %= LENGTHS[i];
            if (number != 0) {
                text.append(Long.toString(number).replace("-", "")).append(UNITS[i]);
            }
        }
        return text.toString();
    }

    @Override
    public String typeName() {
        return "duration";
    }

    @Override
    public String toString() {
        return "duration(\"" + text() + "\")";
    }
}
