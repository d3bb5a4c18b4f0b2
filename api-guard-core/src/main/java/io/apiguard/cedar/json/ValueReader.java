package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.eval.Constants;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads values from JSON (Cedar Policy Language Reference, "Entities and context: JSON format"). Thread-safe. */
public final class ValueReader {

    private static final String ENTITY = "__entity";
    private static final String EXTENSION = "__extn";
    private static final String EXPRESSION = "__expr";

    private ValueReader() {}

    /**
     * Reads a value.
     *
     * @param tree a tree of {@link JsonTree}
     * @param place where it stands
     * @throws CedarException if it is none
     */
    public static Value value(Object tree, JsonPlace place) {
        try {
            if (tree instanceof Boolean bool) {
                return BoolValue.of(bool);
            }
            if (tree instanceof Long number) {
                return new LongValue(number);
            }
            if (tree instanceof String text) {
                return new StringValue(text);
            }
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
        List<Object> array = JsonTree.array(tree);
        if (array != null) {
            return set(array, place);
        }
        return objectValue(place.object(tree, "a value of Cedar"), place);
    }

    private static Value set(List<Object> array, JsonPlace place) {
        List<Value> elements = new ArrayList<>();
        for (Object element : array) {
            elements.add(value(element, place.element(elements.size())));
        }
        return SetValue.of(elements);
    }

    private static Value objectValue(Map<String, Object> object, JsonPlace place) {
        Value escaped = escaped(object, place);
        return escaped != null ? escaped : record(object, place);
    }

    /** Returns what an object stands for that is an escape, or {@code null}: one that only looks like an escape is a record. */
    static @Nullable Value escaped(Map<String, Object> object, JsonPlace place) {
        if (object.size() != 1) {
            return null;
        }
        if (object.containsKey(EXPRESSION)) {
            throw place.error("'" + EXPRESSION + "' is not supported any more");
        }
        Map<String, Object> entity = JsonTree.object(object.get(ENTITY));
        if (entity != null && isUid(entity)) {
            return uid(entity, place.member(ENTITY));
        }
        Map<String, Object> call = JsonTree.object(object.get(EXTENSION));
        return call != null && isCall(call) ? call(call, place.member(EXTENSION)) : null;
    }

    private static boolean isUid(Map<String, Object> object) {
        return object.size() == 2 && object.get("type") instanceof String && object.get("id") instanceof String;
    }

    private static boolean isCall(Map<String, Object> object) {
        return object.size() == 2
                && object.get("fn") instanceof String
                && (object.containsKey("arg") || object.get("args") instanceof List);
    }

    /**
     * Reads a record.
     *
     * @param object a tree of {@link JsonTree}
     * @param place where it stands
     * @throws CedarException if it is none
     */
    public static RecordValue record(Map<String, Object> object, JsonPlace place) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        object.forEach((name, member) -> attributes.put(name, value(member, place.member(name))));
        return RecordValue.of(attributes);
    }

    /**
     * Reads the name of an entity, given as {@code {type, id}} or as that within {@code __entity}.
     *
     * @param tree a tree of {@link JsonTree}
     * @param place where it stands
     * @throws CedarException if it is none
     */
    public static EntityUid uid(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an entity as {type, id}");
        Map<String, Object> within = object.size() == 1 ? JsonTree.object(object.get(ENTITY)) : null;
        if (within != null) {
            return uid(within, place.member(ENTITY));
        }
        place.checkNames(object, Set.of("type", "id"));
        String type = place.member("type").text(place.demanded(object, "type"), "the type of an entity");
        String id = place.member("id").text(place.demanded(object, "id"), "the id of an entity");
        try {
            return EntityUid.of(type, id);
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }

    private static Value call(Map<String, Object> call, JsonPlace place) {
        ExtensionFunction function = ExtensionFunction.of(String.valueOf(call.get("fn")));
        if (function == null) {
            throw place.error("'" + call.get("fn") + "' is no extension function");
        }
        List<Object> arguments = JsonTree.array(call.get("args"));
        List<Value> values = new ArrayList<>();
        for (Object argument : arguments == null ? List.of(place.demanded(call, "arg")) : arguments) {
            values.add(value(argument, place));
        }
        try {
            return Constants.call(function, values);
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }
}
