package io.apiguard.cedar.json;

import io.apiguard.cedar.value.CedarException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes trees of maps, lists, texts, {@link Long} and {@link Boolean} as JSON. */
final class JsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    /** Returns an object with its members in this order. */
    static Map<String, Object> members(Object... namesAndMembers) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMembers.length; i += 2) {
            members.put((String) namesAndMembers[i], namesAndMembers[i + 1]);
        }
        return members;
    }

    static String text(Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, tree, 0);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object tree, int depth) {
        if (depth == JsonTree.MAXIMUM_DEPTH && (tree instanceof Map || tree instanceof List)) {
            throw new CedarException("in JSON this nests more than " + JsonTree.MAXIMUM_DEPTH + " levels");
        }
        if (tree instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((name, member) -> {
                generator.writeName((String) name);
                write(generator, member, depth + 1);
            });
            generator.writeEndObject();
        } else if (tree instanceof List<?> list) {
            generator.writeStartArray();
            list.forEach(element -> write(generator, element, depth + 1));
            generator.writeEndArray();
        } else if (tree instanceof Long number) {
            generator.writeNumber(number);
        } else if (tree instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else {
            generator.writeString((String) tree);
        }
    }
}
