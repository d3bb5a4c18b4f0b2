package io.apiguard.audit;

import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the form of {@link AuditLine}, as bytes in UTF-8 and in one pass, into an array that it uses over and over.
 *
 * <p>Not thread-safe.
 */
final class LineEncoder {

    private static final byte[] TIME = bytes("{\"time\":\"");
    private static final byte[] EXCHANGE = member("exchange");
    private static final byte[] ACTION = member("action");
    private static final byte[] OUTCOME = member("outcome");
    private static final byte[] STATUS = member("status");
    private static final byte[] STAGE = member("stage");
    private static final byte[] REASON = member("reason");
    private static final byte[] DETAIL = member("detail");
    private static final byte[] REPORT = bytes(",\"report\":true");
    private static final byte[] METHOD = member("method");
    private static final byte[] PATH = member("path");
    private static final byte[] ENDPOINT = member("endpoint");
    private static final byte[] CLIENT_ADDRESS = member("client_address");
    private static final byte[] PEER = member("peer");
    private static final byte[] SUBJECT = member("subject");
    private static final byte[] ISSUER = member("issuer");
    private static final byte[] TENANT = member("tenant");
    private static final byte[] CLIENT_ID = member("client_id");
    private static final byte[] KEY_ID = member("key_id");
    private static final byte[] AUTHENTICATION = member("authentication");
    private static final byte[] CREDENTIAL = member("credential");
    private static final byte[] LIMITS = member("limits");
    private static final byte[] MICROS = member("micros");
    private static final byte[] REQUEST_BYTES = member("request_bytes");
    private static final byte[] RESPONSE_BYTES = member("response_bytes");

    private static final Map<AuditEvent.Outcome, byte[]> OUTCOMES = words(AuditEvent.Outcome.class);
    private static final Map<AuthenticationMethod, byte[]> METHODS = words(AuthenticationMethod.class);

    private static final byte[] HEX = bytes("0123456789abcdef");
    private static final byte[] CUT = bytes("…");
    private static final int MOST_BYTES_OF_CHARACTER = 6;

    /** Room for a time's digits and a quote. */
    private static final int MARGIN = 16;

    /** What nearly every text has only: it is written as it is. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char c = ' '; c < 0x7f; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private final byte[] secondText = new byte["2030-01-31T12:00:00.".length()];
    private long second = Long.MIN_VALUE;
    private byte[] out = new byte[1024];
    private int length;

    private static byte[] member(String name) {
        return bytes(",\"" + name + "\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <E extends Enum<E>> Map<E, byte[]> words(Class<E> type) {
        Map<E, byte[]> words = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            words.put(value, bytes('"' + value.name().toLowerCase(Locale.ROOT) + '"'));
        }
        return words;
    }

    /** Returns the array that the line is in, from its beginning; the next line takes its place. */
    byte[] bytes() {
        return out;
    }

    /** Returns how many bytes the line has. */
    int length() {
        return length;
    }

    /** Writes an event in place of the one before. */
    void encode(AuditEvent event) {
        length = 0;
        raw(TIME);
        time(event.instant());
        text(EXCHANGE, event.exchangeId());
        text(ACTION, event.action());
        verdict(event.verdict());
        request(event.request());
        caller(event.identity());
        text(CREDENTIAL, event.credential());
        list(event.limits());
        traffic(event.traffic());
        put('}');
    }

    /** Writes RFC 3339 with microseconds; most events share their second with the one before. */
    private void time(Instant instant) {
        if (instant.getEpochSecond() != second) {
            second = instant.getEpochSecond();
            spell(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
        }
        raw(secondText);
        digits(out, length, instant.getNano() / 1000, 6);
        length += 6;
        put('Z');
        put('"');
    }

    private void spell(LocalDateTime utc) {
        int at = digits(secondText, 0, utc.getYear(), 4);
        at = digits(secondText, after(at, '-'), utc.getMonthValue(), 2);
        at = digits(secondText, after(at, '-'), utc.getDayOfMonth(), 2);
        at = digits(secondText, after(at, 'T'), utc.getHour(), 2);
        at = digits(secondText, after(at, ':'), utc.getMinute(), 2);
        at = digits(secondText, after(at, ':'), utc.getSecond(), 2);
        after(at, '.');
    }

    private int after(int at, char separator) {
        secondText[at] = (byte) separator;
        return at + 1;
    }

    /** Writes the last so many digits, and returns where they end. */
    private static int digits(byte[] to, int from, int value, int count) {
        int rest = value;
        for (int at = from + count - 1; at >= from; at--) {
            to[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return from + count;
    }

    private void verdict(AuditEvent.Verdict verdict) {
        word(OUTCOME, OUTCOMES.get(verdict.outcome()));
        number(STATUS, verdict.status());
        text(STAGE, verdict.stage());
        text(REASON, verdict.reason());
        text(DETAIL, verdict.detail());
        if (verdict.reportMode()) {
            raw(REPORT);
        }
    }

    private void request(AuditEvent.Request request) {
        text(METHOD, request.method());
        text(PATH, request.path());
        text(ENDPOINT, request.endpoint());
        text(CLIENT_ADDRESS, request.clientAddress());
        text(PEER, request.peer());
    }

    private void caller(@Nullable Identity identity) {
        if (identity != null) {
            text(SUBJECT, identity.subject());
            text(ISSUER, identity.issuer().orElse(null));
            text(TENANT, identity.tenant().orElse(null));
            text(CLIENT_ID, identity.clientId().orElse(null));
            text(KEY_ID, identity.keyId().orElse(null));
            word(AUTHENTICATION, METHODS.get(identity.method()));
        }
    }

    private void traffic(AuditEvent.Traffic traffic) {
        number(MICROS, traffic.duration().toNanos() / 1000);
        number(REQUEST_BYTES, traffic.requestBytes());
        number(RESPONSE_BYTES, traffic.responseBytes());
    }

    private void word(byte[] name, byte @Nullable [] word) {
        raw(name);
        raw(Objects.requireNonNull(word));
    }

    private void number(byte[] name, long value) {
        if (value >= 0) {
            raw(name);
            int from = length;
            long rest = value;
            do {
                put((char) ('0' + rest % 10));
                rest /= 10;
            } while (rest > 0);
            reverse(from, length - 1);
        }
    }

    private void reverse(int from, int to) {
        for (int low = from, high = to; low < high; low++, high--) {
            byte digit = out[low];
            out[low] = out[high];
            out[high] = digit;
        }
    }

    private void list(List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        raw(LIMITS);
        char before = '[';
        int count = Math.min(AuditLine.MOST_ELEMENTS, values.size());
        for (int i = 0; i < count; i++) {
            put(before);
            quoted(values.get(i));
            before = ',';
        }
        put(']');
    }

    private void text(byte[] name, @Nullable String value) {
        if (value != null) {
            raw(name);
            quoted(value);
        }
    }

    private void quoted(String value) {
        int end = Math.min(value.length(), AuditLine.LONGEST_TEXT);
        reserve(end * MOST_BYTES_OF_CHARACTER + CUT.length);
        out[length++] = '"';
        int plain = plain(value, end);
        if (plain < end) {
            escaped(value, plain, end);
        }
        if (end < value.length()) {
            raw(CUT);
        }
        put('"');
    }

    /** Writes what is plain at the beginning, and returns where it ends. */
    private int plain(String value, int end) {
        byte[] to = out;
        int start = length;
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c >= 128 || !PLAIN[c]) {
                length = start + i;
                return i;
            }
            to[start + i] = (byte) c;
        }
        length = start + end;
        return end;
    }

    private void escaped(String value, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                pair(c, value.charAt(i));
            } else {
                character(c);
            }
        }
    }

    private void pair(char high, char low) {
        int codePoint = Character.toCodePoint(high, low);
        if (isInvisible(codePoint)) {
            unicode(high);
            unicode(low);
        } else {
            out[length++] = (byte) (0xf0 | codePoint >> 18);
            out[length++] = continuation(codePoint >> 12);
            out[length++] = continuation(codePoint >> 6);
            out[length++] = continuation(codePoint);
        }
    }

    private void character(char c) {
        if (c < 128) {
            ascii(c);
        } else if (Character.isSurrogate(c)) {
            unicode('\ufffd');
        } else if (isInvisible(c)) {
            unicode(c);
        } else {
            encoded(c);
        }
    }

    private void ascii(char c) {
        if (PLAIN[c]) {
            out[length++] = (byte) c;
            return;
        }
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> unicode(c);
        }
    }

    private void escape(char c) {
        out[length++] = '\\';
        out[length++] = (byte) c;
    }

    private void encoded(char c) {
        if (c < 0x800) {
            out[length++] = (byte) (0xc0 | c >> 6);
        } else {
            out[length++] = (byte) (0xe0 | c >> 12);
            out[length++] = continuation(c >> 6);
        }
        out[length++] = continuation(c);
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | bits & 0x3f);
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private void unicode(char c) {
        out[length++] = '\\';
        out[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[length++] = HEX[c >> shift & 0xf];
        }
    }

    private void raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, out, length, text.length);
        length += text.length;
    }

    private void put(char c) {
        reserve(1);
        out[length++] = (byte) c;
    }

    /** Makes room for so many bytes, and for the few that follow a text without asking for it. */
    private void reserve(int more) {
        if (out.length - length < more + MARGIN) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more + MARGIN));
        }
    }
}
