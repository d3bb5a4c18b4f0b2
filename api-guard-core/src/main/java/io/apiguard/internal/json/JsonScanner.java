package io.apiguard.internal.json;

import io.apiguard.internal.json.JsonHandler.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits JSON text into tokens as its bytes arrive, and refuses whatever is not JSON (RFC 8259) in UTF-8.
 *
 * <p>Bytes are pushed in chunks cut anywhere; the handler is told the same whatever the cuts. Stricter than many
 * parsers: a byte order mark, overlong or otherwise invalid UTF-8 (RFC 3629), an escaped surrogate without its other
 * half, a control character in a string, a leading zero, anything after the document, and an empty document are
 * refused. Time is linear in the bytes; memory is one bit per level of nesting and one member name, both bounded by
 * the constructor. Nothing recurses and nothing throws on bad input.
 *
 * <p>For one document and one thread.
 */
public final class JsonScanner {

    // What is expected next, or what token the next byte continues. Numbers keep the order: see isNumber.
    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int NAME_OR_END = 2;
    private static final int NAME = 3;
    private static final int COLON = 4;
    private static final int COMMA_OR_END = 5;
    private static final int DONE = 6;
    private static final int STRING = 7;
    private static final int CONTINUATION = 8;
    private static final int ESCAPE = 9;
    private static final int HEX = 10;
    private static final int LITERAL = 11;
    private static final int MINUS = 12;
    private static final int ZERO = 13;
    private static final int INTEGER = 14;
    private static final int POINT = 15;
    private static final int FRACTION = 16;
    private static final int EXPONENT = 17;
    private static final int EXPONENT_SIGN = 18;
    private static final int EXPONENT_DIGITS = 19;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** By byte: whether a string just goes on over it. All others are a quote, an escape, a control or not ASCII. */
    private static final boolean[] PLAIN = plainBytes();

    private final JsonHandler handler;
    private final int maxDepth;
    private final NameBuffer name;

    private @Nullable JsonFault fault;
    private int state = VALUE;
    private int depth;
    private long[] objects = new long[1];

    /** The offset of the chunk's index 0, so that offset = base + index; the end of what was read between chunks. */
    private long base;

    private long tokenStart;
    private boolean inName;
    private byte[] literal = NULL;
    private int literalAt;
    private int continuations;
    private int lowest;
    private int highest;
    private int hexDigits;
    private int hexValue;
    private int highSurrogate;

    /**
     * Makes a scanner for one document.
     *
     * @param handler is told of the tokens
     * @param maxDepth how deep objects and arrays may nest, at least 0 (then the document must be a scalar)
     * @param maxNameLength how many bytes of UTF-8 a member name may have once its escapes are resolved, at least 0
     * @throws IllegalArgumentException if a bound is negative
     */
    public JsonScanner(JsonHandler handler, int maxDepth, int maxNameLength) {
        if (maxDepth < 0 || maxNameLength < 0) {
            throw new IllegalArgumentException("bounds must not be negative");
        }
        this.handler = handler;
        this.maxDepth = maxDepth;
        this.name = new NameBuffer(maxNameLength);
    }

    /**
     * Reads the next bytes of the document.
     *
     * @param bytes holds them; not kept
     * @param off the index of the first
     * @param len how many there are
     * @return whether the document is well-formed so far; once false, always false
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public boolean feed(byte[] bytes, int off, int len) {
        Objects.checkFromIndexSize(off, len, bytes.length);
        if (fault != null) {
            return false;
        }
        base -= off;
        name.resume(off);
        int end = off + len;
        int p = off;
        while (p < end && fault == null) {
            p = step(bytes, p, end);
        }
        if (inName && fault == null && !name.spill(bytes, end)) {
            fail(JsonFault.NAME_LENGTH, end);
        }
        base += fault == null ? end : p;
        return fault == null;
    }

    /**
     * Says that the document ends here.
     *
     * @return whether it was well-formed and complete
     */
    public boolean finish() {
        if (fault == null && isNumber()) {
            endNumber(0);
        }
        if (fault == null && state != DONE) {
            fail(JsonFault.MALFORMED, 0);
        }
        return fault == null;
    }

    /** {@return why the scanner stopped, or {@code null} if it did not} */
    public @Nullable JsonFault fault() {
        return fault;
    }

    /** {@return the offset of the byte that was refused, or else how many bytes were read} */
    public long offset() {
        return base;
    }

    /** {@return how many objects and arrays are open} */
    public int depth() {
        return depth;
    }

    /** {@return whether the root value has ended, so that only white space may follow} */
    public boolean isComplete() {
        return fault == null && state == DONE;
    }

    private int step(byte[] b, int p, int end) {
        return switch (state) {
            case STRING -> string(b, p, end);
            case CONTINUATION -> continuation(b, p);
            case ESCAPE -> escape(b, p);
            case HEX -> hex(b, p);
            case LITERAL -> literal(b, p);
            case MINUS, ZERO, INTEGER, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS -> number(b, p, end);
            default -> structure(b, p, end);
        };
    }

    /** Skips white space and reads one byte of structure, or the first byte of a scalar. */
    private int structure(byte[] b, int p, int end) {
        int c = b[p];
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            if (++p == end) {
                return p;
            }
            c = b[p];
        }
        return switch (state) {
            case VALUE -> value(c, p);
            case VALUE_OR_END -> c == ']' ? close(Kind.ARRAY, p) : value(c, p);
            case NAME_OR_END -> c == '}' ? close(Kind.OBJECT, p) : openName(c, p);
            case NAME -> openName(c, p);
            case COLON -> c == ':' ? to(VALUE, p) : fail(JsonFault.MALFORMED, p);
            case COMMA_OR_END -> commaOrEnd(c, p);
            default -> fail(JsonFault.MALFORMED, p);
        };
    }

    private int value(int c, int p) {
        return switch (c) {
            case '{' -> open(Kind.OBJECT, p);
            case '[' -> open(Kind.ARRAY, p);
            case '"' -> scalar(Kind.STRING, STRING, p);
            case '-' -> scalar(Kind.NUMBER, MINUS, p);
            case '0' -> scalar(Kind.NUMBER, ZERO, p);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> scalar(Kind.NUMBER, INTEGER, p);
            case 't' -> word(TRUE, p);
            case 'f' -> word(FALSE, p);
            case 'n' -> word(NULL, p);
            default -> fail(c < 0 && base + p == 0 ? JsonFault.ENCODING : JsonFault.MALFORMED, p);
        };
    }

    private int scalar(Kind kind, int next, int p) {
        tokenStart = base + p;
        return handler.start(kind, base + p) ? to(next, p) : fail(JsonFault.STOPPED, p);
    }

    private int word(byte[] word, int p) {
        literal = word;
        literalAt = 1;
        return scalar(Kind.LITERAL, LITERAL, p);
    }

    private int open(Kind kind, int p) {
        if (depth == maxDepth) {
            return fail(JsonFault.DEPTH, p);
        }
        push(kind == Kind.OBJECT);
        if (!handler.start(kind, base + p)) {
            return fail(JsonFault.STOPPED, p);
        }
        return to(kind == Kind.OBJECT ? NAME_OR_END : VALUE_OR_END, p);
    }

    private int close(Kind kind, int p) {
        depth--;
        return endValue(kind, p, p + 1);
    }

    private int endValue(Kind kind, int p, int next) {
        state = depth == 0 ? DONE : COMMA_OR_END;
        return handler.end(kind, base + next) ? next : fail(JsonFault.STOPPED, p);
    }

    private int commaOrEnd(int c, int p) {
        boolean object = inObject();
        if (c == ',') {
            return handler.comma(base + p) ? to(object ? NAME : VALUE, p) : fail(JsonFault.STOPPED, p);
        }
        if (c == (object ? '}' : ']')) {
            return close(object ? Kind.OBJECT : Kind.ARRAY, p);
        }
        return fail(JsonFault.MALFORMED, p);
    }

    private int openName(int c, int p) {
        if (c != '"') {
            return fail(JsonFault.MALFORMED, p);
        }
        tokenStart = base + p;
        inName = true;
        name.begin(p + 1);
        return to(STRING, p);
    }

    private int string(byte[] b, int p, int end) {
        if (highSurrogate != 0 && b[p] != '\\') {
            return fail(JsonFault.ENCODING, p);
        }
        while (PLAIN[b[p] & 0xff]) {
            if (++p == end) {
                return p;
            }
        }
        int c = b[p];
        if (c == '"') {
            return endString(b, p);
        }
        if (c == '\\') {
            return inName && !name.escape(b, p) ? fail(JsonFault.NAME_LENGTH, p) : to(ESCAPE, p);
        }
        return c >= 0 ? fail(JsonFault.MALFORMED, p) : lead(c & 0xff, p);
    }

    private int endString(byte[] b, int p) {
        if (!inName) {
            return endValue(Kind.STRING, p, p + 1);
        }
        inName = false;
        if (!name.end(b, p)) {
            return fail(JsonFault.NAME_LENGTH, p);
        }
        boolean goOn = handler.name(tokenStart, base + p + 1, name.bytes(), name.from(), name.to());
        return goOn ? to(COLON, p) : fail(JsonFault.STOPPED, p);
    }

    /** The first byte of a character beyond ASCII, and with it the range of the second (RFC 3629 section 4). */
    private int lead(int c, int p) {
        if (c < 0xC2 || c > 0xF4) {
            return fail(JsonFault.ENCODING, p);
        }
        continuations = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        lowest = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        highest = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        return to(CONTINUATION, p);
    }

    private int continuation(byte[] b, int p) {
        int c = b[p] & 0xff;
        if (c < lowest || c > highest) {
            return fail(JsonFault.ENCODING, p);
        }
        lowest = 0x80;
        highest = 0xBF;
        return to(--continuations == 0 ? STRING : CONTINUATION, p);
    }

    private int escape(byte[] b, int p) {
        int c = b[p];
        if (highSurrogate != 0 && c != 'u') {
            return fail(JsonFault.ENCODING, p);
        }
        return switch (c) {
            case '"', '\\', '/' -> character(c, p);
            case 'b' -> character('\b', p);
            case 'f' -> character('\f', p);
            case 'n' -> character('\n', p);
            case 'r' -> character('\r', p);
            case 't' -> character('\t', p);
            case 'u' -> {
                hexDigits = 0;
                hexValue = 0;
                yield to(HEX, p);
            }
            default -> fail(JsonFault.MALFORMED, p);
        };
    }

    private int hex(byte[] b, int p) {
        int digit = Character.digit(b[p], 16);
        if (digit < 0) {
            return fail(JsonFault.MALFORMED, p);
        }
        hexValue = hexValue << 4 | digit;
        return ++hexDigits < 4 ? p + 1 : codeUnit(hexValue, p);
    }

    private int codeUnit(int unit, int p) {
        boolean low = unit >= 0xDC00 && unit <= 0xDFFF;
        if (low != (highSurrogate != 0)) {
            return fail(JsonFault.ENCODING, p);
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            highSurrogate = unit;
            return to(STRING, p);
        }
        int character = low ? Character.toCodePoint((char) highSurrogate, (char) unit) : unit;
        highSurrogate = 0;
        return character(character, p);
    }

    private int character(int codePoint, int p) {
        if (inName && !name.append(codePoint, p + 1)) {
            return fail(JsonFault.NAME_LENGTH, p);
        }
        return to(STRING, p);
    }

    private int literal(byte[] b, int p) {
        if (b[p] != literal[literalAt]) {
            return fail(JsonFault.MALFORMED, p);
        }
        return ++literalAt < literal.length ? p + 1 : endValue(Kind.LITERAL, p, p + 1);
    }

    private int number(byte[] b, int p, int end) {
        while (p < end) {
            int next = afterNumberByte(b[p]);
            if (next < 0) {
                return endNumber(p);
            }
            p = next == state ? skipDigits(b, p + 1, end) : p + 1;
            state = next;
        }
        return p;
    }

    /** Only a digit leaves the state as it is, and then all further ones do. */
    private static int skipDigits(byte[] b, int p, int end) {
        while (p < end && b[p] >= '0' && b[p] <= '9') {
            p++;
        }
        return p;
    }

    /** The state after one more byte of a number, or -1 if the number cannot go on with it (RFC 8259 section 6). */
    private int afterNumberByte(int c) {
        if (c >= '0' && c <= '9') {
            return afterDigit(c);
        }
        return switch (c) {
            case '.' -> state == ZERO || state == INTEGER ? POINT : -1;
            case 'e', 'E' -> state == ZERO || state == INTEGER || state == FRACTION ? EXPONENT : -1;
            case '+', '-' -> state == EXPONENT ? EXPONENT_SIGN : -1;
            default -> -1;
        };
    }

    private int afterDigit(int c) {
        return switch (state) {
            case MINUS -> c == '0' ? ZERO : INTEGER;
            case INTEGER -> INTEGER;
            case POINT, FRACTION -> FRACTION;
            case EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS -> EXPONENT_DIGITS;
            default -> -1;
        };
    }

    private int endNumber(int p) {
        boolean whole = state == ZERO || state == INTEGER || state == FRACTION || state == EXPONENT_DIGITS;
        return whole ? endValue(Kind.NUMBER, p, p) : fail(JsonFault.MALFORMED, p);
    }

    private boolean isNumber() {
        return state >= MINUS;
    }

    private int to(int next, int p) {
        state = next;
        return p + 1;
    }

    private int fail(JsonFault why, int p) {
        fault = why;
        return p;
    }

    private boolean inObject() {
        int innermost = depth - 1;
        return (objects[innermost >> 6] & 1L << innermost) != 0;
    }

    private void push(boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, word * 2);
        }
        long bit = 1L << depth;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
    }

    private static boolean[] plainBytes() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, 0x20, 0x80, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }
}
