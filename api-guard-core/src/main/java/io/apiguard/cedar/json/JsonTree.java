package io.apiguard.cedar.json;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.Texts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON document as a tree of maps, lists, texts, {@link Long}, {@link Boolean} and {@link Foreign}.
 *
 * <p>Refused are duplicate names, lone surrogates, what follows the document, and more than {@value #MAXIMUM_DEPTH} levels.
 */
public final class JsonTree {

    /** How many objects and arrays may stand within each other. */
    public static final int MAXIMUM_DEPTH = 500;

    /** Names come from outside, so they are kept out of the symbol table that all parsers share. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(1000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private JsonTree() {}

    /** What JSON knows and Cedar does not. */
    public enum Foreign {
        /** {@code null}. */
        NULL,
        /** A number with a point or an exponent. */
        FRACTION,
        /** A whole number that does not fit into 64 bits. */
        HUGE
    }

    /**
     * Reads a document.
     *
     * @param text any text
     * @return the tree, unmodifiable at every depth
     * @throws CedarException if it is not one JSON document, with the line and column
     */
    public static Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object tree = value(parser);
            if (parser.nextToken() != null) {
                throw new CedarException("JSON with something after its end");
            }
            return tree;
        } catch (JacksonException e) {
            throw new CedarException("not JSON: " + e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new CedarException("expected a JSON document, found nothing");
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> checked(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> Foreign.FRACTION;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Foreign.NULL;
            default -> throw new CedarException("not JSON");
        };
    }

    private static String checked(String text) {
        Texts.check(text);
        return text;
    }

    private static Object integer(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : Foreign.HUGE;
    }

    private static Map<String, Object> members(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = checked(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<Object> elements(JsonParser parser) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return Collections.unmodifiableList(elements);
    }

    /**
     * Returns a tree as an object, or {@code null} if it is none.
     *
     * @param tree any tree
     */
    @SuppressWarnings("unchecked") // members() makes maps with texts as keys only
    public static @Nullable Map<String, Object> object(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    /**
     * Returns a tree as an array, or {@code null} if it is none.
     *
     * @param tree any tree
     */
    @SuppressWarnings("unchecked") // elements() makes lists of trees only
    public static @Nullable List<Object> array(@Nullable Object tree) {
        return tree instanceof List<?> list ? (List<Object>) list : null;
    }

    /**
     * Returns what a tree is, as a message says it.
     *
     * @param tree any tree
     */
    public static String shown(@Nullable Object tree) {
        if (tree == null) {
            return "nothing";
        }
        if (tree instanceof Foreign foreign) {
            return switch (foreign) {
                case NULL -> "null";
                case FRACTION -> "a number with a fraction or an exponent";
                case HUGE -> "a number beyond 64 bits";
            };
        }
        return tree instanceof Map
                ? "an object"
                : tree instanceof List
                        ? "an array"
                        : tree instanceof String ? "a string" : tree instanceof Long ? "a number" : "a Boolean";
    }
}
