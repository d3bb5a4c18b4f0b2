package io.apiguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The encoder against rules written down plainly, and against itself when it is used over and over. */
class LineEncoderTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static String line(LineEncoder encoder, AuditEvent event) {
        encoder.encode(event);
        return new String(encoder.bytes(), 0, encoder.length(), StandardCharsets.UTF_8);
    }

    private static AuditEvent at(Instant instant, String text, Duration duration, long bytes) {
        return new AuditEvent(
                instant,
                text,
                new AuditEvent.Request("GET", "/", null, null, "192.0.2.1"),
                null,
                null,
                new AuditEvent.Verdict(AuditEvent.Outcome.ERROR, 500, null, null, null, false),
                List.of(),
                null,
                new AuditEvent.Traffic(duration, bytes, -1));
    }

    /** The rules of {@link AuditLine}, code point by code point. */
    private static String escaped(String text) {
        int end = Math.min(text.length(), AuditLine.LONGEST_TEXT);
        StringBuilder out = new StringBuilder();
        text.substring(0, end).codePoints().forEach(c -> out.append(escaped(c)));
        return out + (end < text.length() ? "…" : "");
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                switch (Character.getType(c)) {
                    case Character.SURROGATE -> "\\ufffd";
                    case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                        units(c);
                    default -> Character.toString(c);
                };
        };
    }

    private static String units(int c) {
        StringBuilder out = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            out.append(String.format("\\u%04x", (int) unit));
        }
        return out.toString();
    }

    @Property(tries = 1000)
    void encode_anyTextInstantAndNumber_isWhatTheRulesSay(
            @ForAll String text,
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @LongRange(min = 0) long number) {
        Instant instant = Instant.ofEpochSecond(second, nano);
        assertThat(line(new LineEncoder(), at(instant, text, Duration.ofNanos(number), number)))
                .isEqualTo("{\"time\":\"" + TIME.format(instant) + "\",\"exchange\":\"" + escaped(text)
                        + "\",\"outcome\":\"error\",\"status\":500,\"method\":\"GET\",\"path\":\"/\",\"peer\":\"192.0.2.1\","
                        + "\"micros\":" + number / 1000 + ",\"request_bytes\":" + number + "}");
    }

    @Property(tries = 200)
    void encode_oneAfterTheOther_isAsIfEachWereTheFirst(
            @ForAll @Size(max = 20) List<@IntRange(min = -2, max = 2) Integer> seconds, @ForAll String text) {
        LineEncoder reused = new LineEncoder();
        for (int i = 0; i < seconds.size(); i++) {
            Instant instant =
                    AuditEvents.NOW.plus(seconds.get(i), ChronoUnit.SECONDS).plusNanos(i * 1000L);
            AuditEvent event = at(instant, text + "y".repeat(i * 50), Duration.ofSeconds(i), i);
            assertThat(line(reused, event)).isEqualTo(line(new LineEncoder(), event));
        }
        assertThat(line(reused, AuditEvents.filledWith(text))).isEqualTo(AuditLine.of(AuditEvents.filledWith(text)));
    }

    @Example
    void encode_everyCharacter_isWhatTheRulesSay() {
        LineEncoder encoder = new LineEncoder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "a" + (char) c + "b";
            assertThat(line(encoder, AuditEvents.event(text))).contains("\"exchange\":\"" + escaped(text) + "\",");
        }
    }
}
