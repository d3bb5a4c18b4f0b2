package io.apiguard.audit;

import io.apiguard.identity.Identity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as one line of JSON (RFC 8259), whatever its texts contain.
 *
 * <p>Line breaks of every kind, other control and invisible format characters, quotes and backslashes are escaped; half of a surrogate
 * pair becomes U+FFFD, since strict readers would refuse the whole line. A text of more than {@value #LONGEST_TEXT} characters is cut
 * there and ends in {@code …}; of a list the first {@value #MOST_ELEMENTS} elements are written. Members without a value are left out.
 */
public final class AuditLine {

    /** The most characters (UTF-16 code units) of one text. */
    public static final int LONGEST_TEXT = 1024;

    /** The most elements of one list. */
    public static final int MOST_ELEMENTS = 16;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;

    private AuditLine(StringBuilder out) {
        this.out = out;
    }

    /**
     * Writes an event as a text.
     *
     * @param event the event
     * @return one JSON object without a line break
     */
    public static String of(AuditEvent event) {
        StringBuilder out = new StringBuilder(512);
        append(event, out);
        return out.toString();
    }

    /**
     * Appends an event to a text.
     *
     * @param event the event
     * @param out where one JSON object without a line break is appended
     */
    public static void append(AuditEvent event, StringBuilder out) {
        AuditLine line = new AuditLine(out);
        out.append("{\"time\":\"");
        line.time(event.instant());
        out.append('"');
        line.text("exchange", event.exchangeId());
        line.text("action", event.action());
        line.verdict(event.verdict());
        line.request(event.request());
        line.caller(event.identity());
        line.text("credential", event.credential());
        line.list("limits", event.limits());
        line.traffic(event.traffic());
        out.append('}');
    }

    /** Writes RFC 3339 with microseconds; a formatter would cost more than the rest of the line. */
    private void time(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        digits(utc.getYear(), 1000, '-');
        digits(utc.getMonthValue(), 10, '-');
        digits(utc.getDayOfMonth(), 10, 'T');
        digits(utc.getHour(), 10, ':');
        digits(utc.getMinute(), 10, ':');
        digits(utc.getSecond(), 10, '.');
        digits(utc.getNano() / 1000, 100_000, 'Z');
    }

    private void digits(int value, int unit, char after) {
        for (int rest = unit; rest > 0; rest /= 10) {
            out.append((char) ('0' + value / rest % 10));
        }
        out.append(after);
    }

    private void verdict(AuditEvent.Verdict verdict) {
        word("outcome", verdict.outcome());
        number("status", verdict.status());
        text("stage", verdict.stage());
        text("reason", verdict.reason());
        text("detail", verdict.detail());
        if (verdict.reportMode()) {
            out.append(",\"report\":true");
        }
    }

    private void request(AuditEvent.Request request) {
        text("method", request.method());
        text("path", request.path());
        text("endpoint", request.endpoint());
        text("client_address", request.clientAddress());
        text("peer", request.peer());
    }

    private void caller(@Nullable Identity identity) {
        if (identity != null) {
            text("subject", identity.subject());
            text("issuer", identity.issuer().orElse(null));
            text("tenant", identity.tenant().orElse(null));
            text("client_id", identity.clientId().orElse(null));
            text("key_id", identity.keyId().orElse(null));
            word("authentication", identity.method());
        }
    }

    private void traffic(AuditEvent.Traffic traffic) {
        number("micros", traffic.duration().toNanos() / 1000);
        number("request_bytes", traffic.requestBytes());
        number("response_bytes", traffic.responseBytes());
    }

    private void word(String name, Enum<?> value) {
        text(name, value.name().toLowerCase(Locale.ROOT));
    }

    private void number(String name, long value) {
        if (value >= 0) {
            member(name).append(value);
        }
    }

    private void list(String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        char before = '[';
        member(name);
        for (String value : values.subList(0, Math.min(MOST_ELEMENTS, values.size()))) {
            out.append(before);
            quoted(value);
            before = ',';
        }
        out.append(']');
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            member(name);
            quoted(value);
        }
    }

    private StringBuilder member(String name) {
        return out.append(",\"").append(name).append("\":");
    }

    private void quoted(String value) {
        if (value.length() <= LONGEST_TEXT && isPlain(value)) {
            out.append('"').append(value).append('"');
        } else {
            escaped(value);
        }
    }

    /** Nearly every text is: then it is copied in one go. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void escaped(String value) {
        int end = Math.min(value.length(), LONGEST_TEXT);
        int copied = 0;
        out.append('"');
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (isPlain(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                if (!isInvisible(value.codePointAt(i - 1))) {
                    continue;
                }
                out.append(value, copied, i - 1);
                unicode(c);
                unicode(value.charAt(i));
            } else {
                out.append(value, copied, i);
                escape(c);
            }
            copied = i + 1;
        }
        out.append(value, copied, end).append(end < value.length() ? "…\"" : "\"");
    }

    private static boolean isPlain(char c) {
        return c < 0x7f ? c >= ' ' && c != '"' && c != '\\' : !Character.isSurrogate(c) && !isInvisible(c);
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> unicode(Character.isSurrogate(c) ? '\ufffd' : c);
        }
    }

    private void unicode(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
