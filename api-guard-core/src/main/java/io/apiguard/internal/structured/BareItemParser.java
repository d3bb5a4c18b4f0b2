package io.apiguard.internal.structured;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads a value without its parameters (RFC 9651 section 4.2.3.1). */
final class BareItemParser {

    private static final int LONGEST_INTEGER = 15;
    private static final int LONGEST_WHOLE_PART = 12;
    private static final int LONGEST_FRACTION = 3;

    private final Cursor in;

    BareItemParser(Cursor in) {
        this.in = in;
    }

    BareItem read() {
        char first = in.peek();
        return switch (first) {
            case '"' -> text();
            case ':' -> bytes();
            case '?' -> truth();
            case '@' -> date();
            case '%' -> displayText();
            default -> Characters.startsToken(first) ? token() : number();
        };
    }

    private BareItem token() {
        return new BareItem.Token(in.takeWhile(Characters::isInToken));
    }

    /** Section 4.2.4. */
    private BareItem number() {
        boolean negative = in.take('-');
        String whole = in.takeWhile(Characters::isDigit);
        if (whole.isEmpty()) {
            throw new MalformedField("a value of no known type");
        }
        return in.take('.') ? decimal(negative, whole) : whole(negative, whole);
    }

    private static BareItem.Whole whole(boolean negative, String digits) {
        if (digits.length() > LONGEST_INTEGER) {
            throw new MalformedField("an Integer of more than " + LONGEST_INTEGER + " digits");
        }
        long value = Long.parseLong(digits);
        return new BareItem.Whole(negative ? -value : value);
    }

    private BareItem decimal(boolean negative, String whole) {
        String fraction = in.takeWhile(Characters::isDigit);
        if (whole.length() > LONGEST_WHOLE_PART || fraction.isEmpty() || fraction.length() > LONGEST_FRACTION) {
            throw new MalformedField("a Decimal with too many digits, or with none after its point");
        }
        BigDecimal value = new BigDecimal(whole + "." + fraction);
        return new BareItem.Decimal(negative ? value.negate() : value);
    }

    /** Section 4.2.5. */
    private BareItem text() {
        in.demand('"');
        StringBuilder text = new StringBuilder();
        for (char c = in.next(); c != '"'; c = in.next()) {
            text.append(c == '\\' ? escaped() : visible(c));
        }
        return new BareItem.Text(text.toString());
    }

    private char escaped() {
        char c = in.next();
        if (c != '"' && c != '\\') {
            throw new MalformedField("a String with a backslash before what needs none");
        }
        return c;
    }

    private static char visible(char c) {
        if (!Characters.isVisible(c)) {
            throw new MalformedField("a string with a character that is not visible ASCII or space");
        }
        return c;
    }

    /** Section 4.2.7; padding may be left out, and stray trailing bits are dropped, as it says. */
    private BareItem bytes() {
        in.demand(':');
        String base64 = in.takeWhile(Characters::isBase64);
        in.demand(':');
        try {
            return new BareItem.Bytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) { // its message holds a part of the field
            throw new MalformedField("a Byte Sequence that is not base64");
        }
    }

    private BareItem truth() {
        in.demand('?');
        boolean value = in.take('1');
        if (!value) {
            in.demand('0');
        }
        return new BareItem.Truth(value);
    }

    private BareItem date() {
        in.demand('@');
        if (number() instanceof BareItem.Whole seconds) {
            return new BareItem.Date(seconds.value());
        }
        throw new MalformedField("a Date with a fraction");
    }

    /** Section 4.2.10. */
    private BareItem displayText() {
        in.demand('%');
        in.demand('"');
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        for (char c = in.next(); c != '"'; c = in.next()) {
            utf8.write(c == '%' ? hex(in.next()) << 4 | hex(in.next()) : visible(c));
        }
        return new BareItem.DisplayText(decoded(utf8.toByteArray()));
    }

    private static int hex(char c) {
        if (!Characters.isDigit(c) && (c < 'a' || c > 'f')) {
            throw new MalformedField("a Display String with a percent sign before what is not lower-case hexadecimal");
        }
        return Character.digit(c, 16);
    }

    private static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedField("a Display String that is not UTF-8");
        }
    }
}
