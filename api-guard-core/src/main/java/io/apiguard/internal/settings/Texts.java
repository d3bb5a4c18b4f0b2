package io.apiguard.internal.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations, sizes and other values are written. */
public final class Texts {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KB|MB|GB)?");
    private static final int QUOTED = 80;

    private Texts() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number and one of {@code ms}, {@code s}, {@code m}, {@code h}, {@code d}, or the ISO 8601 form
     * @return the duration, never negative
     * @throws IllegalArgumentException if it is written otherwise, is negative or too long; the message says how to write it
     */
    public static Duration duration(String text) {
        try {
            Matcher matcher = DURATION.matcher(text);
            Duration duration = matcher.matches() ? simple(matcher) : Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // Falls through to the one message for all that is no duration.
        }
        throw new IllegalArgumentException("Write a duration as 500ms, 30s, 10m, 1h or 365d");
    }

    private static Duration simple(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * Writes a duration the short way if that is exact.
     *
     * @param duration what to write
     * @return a text that {@link #duration(String)} reads back
     */
    public static String of(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }

    /**
     * Reads a size.
     *
     * @param text a whole number, alone or with one of {@code B}, {@code KB}, {@code MB}, {@code GB} (powers of 1,024), in any case
     * @return the size in bytes
     * @throws IllegalArgumentException if it is written otherwise or too large; the message says how to write it
     */
    public static long size(String text) {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (matcher.matches()) {
            int shift = "BKMG"
                            .indexOf(
                                    matcher.group(2) == null
                                            ? 'B'
                                            : matcher.group(2).charAt(0))
                    * 10;
            long number = Long.parseLong(matcher.group(1));
            if (number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw new IllegalArgumentException("Write a size as 512B, 8KB, 1MB or a number of bytes");
    }

    /**
     * Shows a value in a message: in quotes, shortened, with control characters replaced.
     *
     * @param value what somebody wrote
     * @return a text safe to log, of at most about 80 characters
     */
    public static String quote(String value) {
        String shown = value.length() > QUOTED ? value.substring(0, QUOTED) + "…" : value;
        return "'" + shown.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?") + "'";
    }
}
