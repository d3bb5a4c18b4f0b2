package io.apiguard.authn.jose;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object of bounded depth and size, and nothing that two readers might read differently: no duplicate
 * names (RFC 7515 section 4), no malformed UTF-8, no unpaired surrogates, no numbers beyond a double, nothing after the
 * object.
 */
public final class StrictJson {

    private static final int MAXIMUM_BYTES = 512 * 1024;
    private static final int MAXIMUM_DEPTH = 16;
    private static final int MAXIMUM_NUMBER_LENGTH = 64;
    private static final int MAXIMUM_EXPONENT = 308;

    /** Names come from outside, so they are kept out of the symbol table that all parsers share. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxDocumentLength(MAXIMUM_BYTES)
                    .maxStringLength(MAXIMUM_BYTES)
                    .maxNameLength(1024)
                    .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;

    /** Well-formed UTF-8 has no unpaired surrogates but those that escapes write. */
    private final boolean escaped;

    private StrictJson(JsonParser parser, boolean escaped) {
        this.parser = parser;
        this.escaped = escaped;
    }

    /**
     * Returns the members of an object in order, unmodifiable at every depth; values are strings, {@link Long}, {@link
     * BigInteger}, {@link BigDecimal}, booleans, lists, maps, or {@code null}.
     *
     * @param utf8 the document, at most 512 KB
     * @throws Malformed if it is not one JSON object within the bounds; the message holds no part of it
     */
    public static Map<String, @Nullable Object> object(byte[] utf8) {
        if (utf8.length > MAXIMUM_BYTES) {
            throw new Malformed("JSON larger than " + MAXIMUM_BYTES + " bytes");
        }
        Map<String, @Nullable Object> plain = PlainJson.object(utf8);
        return plain == null ? anyObject(utf8) : plain;
    }

    /** Reads with the parser for all of JSON. */
    static Map<String, @Nullable Object> anyObject(byte[] utf8) {
        String text = text(utf8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new StrictJson(parser, text.indexOf('\\') >= 0).document();
        } catch (JacksonException | NumberFormatException e) { // the latter for exponents beyond an int
            throw new Malformed("not JSON, or JSON beyond its bounds");
        }
    }

    /** Only where the quick decoder may have put something in place of malformed bytes is the strict one asked. */
    private static String text(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("JSON that is not UTF-8");
        }
    }

    private Map<String, @Nullable Object> document() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Malformed("JSON that is not an object");
        }
        Map<String, @Nullable Object> object = members();
        if (parser.nextToken() != null) {
            throw new Malformed("JSON with something after its end");
        }
        return object;
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = paired(parser.currentName());
            parser.nextToken();
            int before = members.size();
            members.put(name, value());
            if (members.size() == before) {
                throw new Malformed("JSON with a duplicate name");
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members();
            case START_ARRAY -> elements();
            case VALUE_STRING -> paired(parser.getString());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Malformed("not JSON");
        };
    }

    private Object integer() {
        return parser.getNumberType() == NumberType.BIG_INTEGER
                ? (Object) parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    /** Keeps out exponents that would cost an unwary reader gigabytes as soon as it asks for an integer. */
    private static BigDecimal decimal(String digits) {
        BigDecimal number = new BigDecimal(digits);
        if (Math.abs((long) number.precision() - number.scale()) > MAXIMUM_EXPONENT
                || Math.abs((long) number.scale()) > MAXIMUM_EXPONENT) {
            throw new Malformed("a JSON number beyond its bounds");
        }
        return number;
    }

    private String paired(String text) {
        for (int i = 0; escaped && i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(++i))) {
                throw new Malformed("JSON with an unpaired surrogate");
            }
        }
        return text;
    }
}
