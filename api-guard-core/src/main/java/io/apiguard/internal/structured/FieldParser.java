package io.apiguard.internal.structured;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads structured fields by the algorithms of RFC 9651 section 4.2: in one pass, without looking back, and never more than {@value
 * #MAXIMUM_LENGTH} characters. Nesting is bounded by the format itself.
 */
public final class FieldParser {

    /** The longest field, over all of its lines. */
    public static final int MAXIMUM_LENGTH = 64 * 1024;

    private final Cursor in;
    private final BareItemParser bare;
    private final boolean distinct;

    private FieldParser(List<String> lines, boolean distinct) {
        this.in = new Cursor(joined(lines));
        this.bare = new BareItemParser(in);
        this.distinct = distinct;
    }

    private static String joined(List<String> lines) {
        long length = 0;
        for (String line : lines) {
            length += line.length() + 2L;
        }
        if (length > MAXIMUM_LENGTH + 2L) {
            throw new MalformedField("a field of more than " + MAXIMUM_LENGTH + " characters");
        }
        return lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
    }

    /**
     * Reads an Item (section 4.2.3).
     *
     * @param lines the field lines as received
     * @throws MalformedField if they are none
     */
    public static Member.Item item(List<String> lines) {
        FieldParser parser = new FieldParser(lines, false);
        parser.in.skipSpaces();
        Member.Item item = parser.item();
        parser.end();
        return item;
    }

    /**
     * Reads a List (section 4.2.1); no line, or empty ones, are an empty List.
     *
     * @param lines the field lines as received
     * @throws MalformedField if they are none
     */
    public static List<Member> list(List<String> lines) {
        FieldParser parser = new FieldParser(lines, false);
        List<Member> members = new ArrayList<>();
        parser.in.skipSpaces();
        while (!parser.in.atEnd()) {
            members.add(parser.member());
            parser.comma();
        }
        return Collections.unmodifiableList(members);
    }

    /**
     * Reads a Dictionary in order (section 4.2.2); no line, or empty ones, are an empty Dictionary, and of equal keys the last counts.
     *
     * @param lines the field lines as received
     * @throws MalformedField if they are none
     */
    public static Map<String, Member> dictionary(List<String> lines) {
        return new FieldParser(lines, false).dictionary();
    }

    /**
     * Reads a Dictionary as {@link #dictionary(List)} does, but refuses equal keys in it and in the parameters of its members: where two
     * readers may differ in which of two counts, a credential must not have two.
     *
     * @param lines the field lines as received
     * @throws MalformedField if they are none
     */
    public static Map<String, Member> distinctDictionary(List<String> lines) {
        return new FieldParser(lines, true).dictionary();
    }

    private Map<String, Member> dictionary() {
        Map<String, Member> members = new LinkedHashMap<>();
        in.skipSpaces();
        while (!in.atEnd()) {
            String key = key();
            put(members, key, in.take('=') ? member() : new Member.Item(new BareItem.Truth(true), parameters()));
            comma();
        }
        return Collections.unmodifiableMap(members);
    }

    private <T> void put(Map<String, T> values, String key, T value) {
        if (values.put(key, value) != null && distinct) {
            throw new MalformedField("a key that occurs twice");
        }
    }

    /** Between two members; after the comma there must be another. */
    private void comma() {
        in.skipBlanks();
        if (in.atEnd()) {
            return;
        }
        in.demand(',');
        in.skipBlanks();
        if (in.atEnd()) {
            throw new MalformedField("a comma at the end");
        }
    }

    private void end() {
        in.skipSpaces();
        if (!in.atEnd()) {
            throw new MalformedField("something after the end");
        }
    }

    private Member member() {
        return in.peek() == '(' ? innerList() : item();
    }

    private Member.InnerList innerList() {
        in.demand('(');
        List<Member.Item> items = new ArrayList<>();
        in.skipSpaces();
        while (!in.take(')')) {
            items.add(item());
            if (in.peek() != ' ' && in.peek() != ')') {
                throw new MalformedField("an inner list without a space between two items, or without its end");
            }
            in.skipSpaces();
        }
        return new Member.InnerList(items, parameters());
    }

    private Member.Item item() {
        BareItem value = bare.read();
        return new Member.Item(value, parameters());
    }

    private Parameters parameters() {
        if (in.peek() != ';') {
            return Parameters.NONE;
        }
        Map<String, BareItem> values = new LinkedHashMap<>();
        while (in.take(';')) {
            in.skipSpaces();
            String key = key();
            put(values, key, in.take('=') ? bare.read() : new BareItem.Truth(true));
        }
        return new Parameters(values);
    }

    private String key() {
        if (!Characters.startsKey(in.peek())) {
            throw new MalformedField("a key that does not begin with a lower-case letter or an asterisk");
        }
        return in.takeWhile(Characters::isInKey);
    }
}
