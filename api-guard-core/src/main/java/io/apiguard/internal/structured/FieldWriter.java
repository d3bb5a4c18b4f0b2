package io.apiguard.internal.structured;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes structured fields in their one canonical form (RFC 9651 section 4.1). */
public final class FieldWriter {

    private static final long LARGEST_INTEGER = 999_999_999_999_999L;
    private static final BigDecimal DECIMAL_BOUND = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int LONGEST_FRACTION = 3;

    private final StringBuilder out = new StringBuilder();

    private FieldWriter() {}

    /**
     * Returns a List; an empty one is the empty string, and its field is left out (section 4.1.1).
     *
     * @throws MalformedField if a value is out of the range of its type
     */
    public static String list(List<? extends Member> members) {
        FieldWriter writer = new FieldWriter();
        for (Member member : members) {
            writer.separator();
            writer.add(member);
        }
        return writer.out.toString();
    }

    /**
     * Returns a Dictionary; an empty one is the empty string, and its field is left out (section 4.1.2).
     *
     * @throws MalformedField if a key is none, or a value is out of the range of its type
     */
    public static String dictionary(Map<String, ? extends Member> members) {
        FieldWriter writer = new FieldWriter();
        members.forEach(writer::addEntry);
        return writer.out.toString();
    }

    /**
     * Returns an Item or Inner List with its parameters (sections 4.1.1.1 and 4.1.3).
     *
     * @throws MalformedField if a value is out of the range of its type
     */
    public static String member(Member member) {
        FieldWriter writer = new FieldWriter();
        writer.add(member);
        return writer.out.toString();
    }

    /**
     * Returns a value (section 4.1.3.1).
     *
     * @throws MalformedField if it is out of the range of its type
     */
    public static String bareItem(BareItem value) {
        FieldWriter writer = new FieldWriter();
        writer.add(value);
        return writer.out.toString();
    }

    private void separator() {
        if (!out.isEmpty()) {
            out.append(", ");
        }
    }

    private void addEntry(String key, Member member) {
        separator();
        addKey(key);
        if (member instanceof Member.Item item && isTrue(item.value())) {
            add(item.parameters());
        } else {
            out.append('=');
            add(member);
        }
    }

    private static boolean isTrue(BareItem value) {
        return value instanceof BareItem.Truth truth && truth.value();
    }

    private void add(Member member) {
        if (member instanceof Member.Item item) {
            add(item.value());
        } else if (member instanceof Member.InnerList list) {
            addItems(list.items());
        }
        add(member.parameters());
    }

    private void addItems(List<Member.Item> items) {
        out.append('(');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : " ");
            add((Member) items.get(i));
        }
        out.append(')');
    }

    private void add(Parameters parameters) {
        parameters.values().forEach((key, value) -> {
            out.append(';');
            addKey(key);
            if (!isTrue(value)) {
                out.append('=');
                add(value);
            }
        });
    }

    private void addKey(String key) {
        if (key.isEmpty() || !Characters.startsKey(key.charAt(0)) || !all(key, Characters::isInKey)) {
            throw new MalformedField("a key that cannot be one");
        }
        out.append(key);
    }

    private static boolean all(String text, Cursor.CharacterClass characters) {
        for (int i = 0; i < text.length(); i++) {
            if (!characters.has(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void add(BareItem value) {
        if (value instanceof BareItem.Whole whole) {
            addWhole(whole.value());
        } else if (value instanceof BareItem.Decimal decimal) {
            addDecimal(decimal.value());
        } else if (value instanceof BareItem.Text text) {
            addText(text.value());
        } else if (value instanceof BareItem.Token token) {
            addToken(token.value());
        } else if (value instanceof BareItem.Bytes bytes) {
            out.append(':')
                    .append(Base64.getEncoder().encodeToString(bytes.value()))
                    .append(':');
        } else if (value instanceof BareItem.Truth truth) {
            out.append(truth.value() ? "?1" : "?0");
        } else if (value instanceof BareItem.Date date) {
            out.append('@');
            addWhole(date.seconds());
        } else if (value instanceof BareItem.DisplayText text) {
            addDisplayText(text.value());
        }
    }

    private void addWhole(long value) {
        if (value > LARGEST_INTEGER || value < -LARGEST_INTEGER) {
            throw new MalformedField("an Integer of more than 15 digits");
        }
        out.append(value);
    }

    private void addDecimal(BigDecimal value) {
        BigDecimal rounded = value.setScale(LONGEST_FRACTION, RoundingMode.HALF_EVEN);
        if (rounded.abs().compareTo(DECIMAL_BOUND) >= 0) {
            throw new MalformedField("a Decimal of more than 12 digits before its point");
        }
        BigDecimal shortest = rounded.stripTrailingZeros();
        out.append(shortest.setScale(Math.max(1, shortest.scale())).toPlainString());
    }

    private void addText(String text) {
        if (!all(text, Characters::isVisible)) {
            throw new MalformedField("a String with a character that is not visible ASCII or space");
        }
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }

    private void addToken(String token) {
        if (token.isEmpty() || !Characters.startsToken(token.charAt(0)) || !all(token, Characters::isInToken)) {
            throw new MalformedField("a Token that cannot be one");
        }
        out.append(token);
    }

    private void addDisplayText(String text) {
        out.append("%\"");
        ByteBuffer utf8 = encoded(text);
        while (utf8.hasRemaining()) {
            char c = (char) (utf8.get() & 0xff);
            if (c == '%' || c == '"' || !Characters.isVisible(c)) {
                out.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static ByteBuffer encoded(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new MalformedField("a Display String with half a character");
        }
    }
}
