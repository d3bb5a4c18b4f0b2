package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that tokens are made of, twice as fast as a parser for all of it: ASCII, no escapes, no fractions, integers of at
 * most 18 digits, few levels, short names. It judges nothing: at whatever is anything else, be it good or bad, it gives up, and
 * {@link StrictJson} starts anew with the parser that knows all of JSON. What it does read, it reads as that one does.
 *
 * <p>For one document and one thread.
 */
final class PlainJson {

    private static final int LEVELS = 8;
    private static final int LONGEST_NAME = 256;
    private static final int MOST_DIGITS = 18;

    /** What is found in place of a value that is not plain. */
    private static final Object OTHER = new Object();

    private final byte[] text;
    private int at;

    private PlainJson(byte[] text) {
        this.text = text;
    }

    /** Returns the members, as {@link StrictJson#object} would, or {@code null} if the text is anything but one plain object. */
    @SuppressWarnings("unchecked") // what begins with a brace is read as a map with strings as keys
    static @Nullable Map<String, @Nullable Object> object(byte[] utf8) {
        PlainJson json = new PlainJson(utf8);
        Object value = json.next() == '{' ? json.members(1) : OTHER;
        return value == OTHER || json.next() >= 0 ? null : (Map<String, @Nullable Object>) value;
    }

    /** Skips white space and returns the byte behind it, or -1 at the end; what is not ASCII is none that anybody waits for. */
    private int next() {
        while (at < text.length) {
            int c = text[at] & 0xff;
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            at++;
        }
        return -1;
    }

    private boolean skip(int expected) {
        if (next() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private @Nullable Object value(int level) {
        int c = next();
        return switch (c) {
            case '"' -> string(text.length);
            case '{' -> level < LEVELS ? members(level + 1) : OTHER;
            case '[' -> level < LEVELS ? elements(level + 1) : OTHER;
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> integer();
        };
    }

    private Object members(int level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        if (skip('}')) {
            return Collections.unmodifiableMap(members);
        }
        do {
            Object name = next() == '"' ? string(LONGEST_NAME) : OTHER;
            Object value = name != OTHER && skip(':') ? value(level) : OTHER;
            int before = members.size();
            if (value == OTHER || members.put((String) name, value) != null || members.size() == before) {
                return OTHER;
            }
        } while (skip(','));
        return skip('}') ? Collections.unmodifiableMap(members) : OTHER;
    }

    private Object elements(int level) {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        if (skip(']')) {
            return Collections.unmodifiableList(elements);
        }
        do {
            Object value = value(level);
            if (value == OTHER) {
                return OTHER;
            }
            elements.add(value);
        } while (skip(','));
        return skip(']') ? Collections.unmodifiableList(elements) : OTHER;
    }

    /** Bytes beyond ASCII are negative, and so end the text as control characters do. */
    private Object string(int longest) {
        int from = ++at;
        while (at < text.length && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        boolean plain = at < text.length && text[at] == '"' && at - from <= longest;
        return plain ? new String(text, from, at++ - from, StandardCharsets.ISO_8859_1) : OTHER;
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        for (int i = 0; i < word.length(); i++) {
            if (at == text.length || text[at++] != word.charAt(i)) {
                return OTHER;
            }
        }
        return meaning;
    }

    private Object integer() {
        boolean negative = skip('-');
        int from = at;
        long number = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9' && at - from <= MOST_DIGITS) {
            number = number * 10 + (text[at++] - '0');
        }
        int digits = at - from;
        boolean plain = digits > 0 && digits <= MOST_DIGITS && (digits == 1 || text[from] != '0');
        return plain ? (Object) (negative ? -number : number) : OTHER;
    }
}
