package io.apiguard.cedar.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * An instant (Cedar Policy Language Reference, "datetime").
 *
 * @param millis milliseconds since the beginning of 1970 in UTC
 */
public record DatetimeValue(long millis) implements Value {

    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    /**
     * Reads an instant: {@code YYYY-MM-DD}, perhaps with {@code Thh:mm:ss}, perhaps {@code .SSS}, and {@code Z} or an offset as {@code +hhmm}.
     *
     * @param text any text
     * @return the instant, or {@code null} if the text is none
     */
    public static @Nullable DatetimeValue parse(String text) {
        Digits digits = new Digits(text, 0);
        Long day = day(digits);
        if (day == null) {
            return null;
        }
        long start = day * DurationValue.DAY;
        if (digits.isAtEnd()) {
            return new DatetimeValue(start);
        }
        long time = digits.take('T') ? time(digits) : -1;
        Long offset = time < 0 ? null : offset(digits);
        return offset == null || !digits.isAtEnd() ? null : new DatetimeValue(start + time - offset);
    }

    private static @Nullable Long day(Digits digits) {
        int year = digits.fixed(4);
        boolean dash = digits.take('-');
        int month = digits.fixed(2);
        dash &= digits.take('-');
        int day = digits.fixed(2);
        try {
            return year < 0 || !dash
                    ? null
                    : (Long) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the milliseconds of the day, or a negative number. */
    private static long time(Digits digits) {
        int hour = digits.fixed(2);
        boolean colon = digits.take(':');
        int minute = digits.fixed(2);
        colon &= digits.take(':');
        int second = digits.fixed(2);
        int milli = digits.take('.') ? digits.fixed(3) : 0;
        boolean good = colon && isBelow(hour, 24) && isBelow(minute, 60) && isBelow(second, 60) && milli >= 0;
        return good
                ? hour * DurationValue.HOUR + minute * DurationValue.MINUTE + second * DurationValue.SECOND + milli
                : -1;
    }

    private static @Nullable Long offset(Digits digits) {
        if (digits.take('Z')) {
            return 0L;
        }
        boolean west = digits.take('-');
        if (!west && !digits.take('+')) {
            return null;
        }
        int hours = digits.fixed(2);
        int minutes = digits.fixed(2);
        if (!isBelow(hours, 24) || !isBelow(minutes, 60)) {
            return null;
        }
        long offset = hours * DurationValue.HOUR + minutes * DurationValue.MINUTE;
        return west ? -offset : offset;
    }

    private static boolean isBelow(int number, int bound) {
        return number >= 0 && number < bound;
    }

    @Override
    public String typeName() {
        return "datetime";
    }

    /** Returns whether the instant lies in the years that {@link #parse} can read. */
    private boolean isWritable() {
        long day = Math.floorDiv(millis, DurationValue.DAY);
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    private String text() {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DurationValue.DAY));
        long time = Math.floorMod(millis, DurationValue.DAY);
        return String.format(
                "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                date.get(ChronoField.YEAR),
                date.getMonthValue(),
                date.getDayOfMonth(),
                time / DurationValue.HOUR,
                time / DurationValue.MINUTE % 60,
                time / DurationValue.SECOND % 60,
                time % DurationValue.SECOND);
    }

    @Override
    public String toString() {
        return isWritable()
                ? "datetime(\"" + text() + "\")"
                : "datetime(\"1970-01-01\").offset(" + new DurationValue(millis) + ")";
    }
}
