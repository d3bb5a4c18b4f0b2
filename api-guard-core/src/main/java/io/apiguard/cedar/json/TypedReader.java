package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.eval.Constants;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Extension;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads values of types that are known, so that references and extension values need no escape: {@code {"type", "id"}} is an entity and {@code
 * "10.0.0.1"} an address where the schema says so. Thread-safe.
 */
final class TypedReader {

    private static final Map<Extension, ExtensionFunction> CONSTRUCTORS = Map.of(
            Extension.DECIMAL, ExtensionFunction.DECIMAL,
            Extension.IPADDR, ExtensionFunction.IP,
            Extension.DATETIME, ExtensionFunction.DATETIME,
            Extension.DURATION, ExtensionFunction.DURATION);

    private TypedReader() {}

    /** Reads a value; whether it is of the type is checked afterwards, by the rules for values that come from anywhere. */
    static Value value(Object tree, CedarType type, JsonPlace place) {
        if (type instanceof EntityOf && JsonTree.object(tree) != null) {
            return ValueReader.uid(tree, place);
        }
        if (type instanceof Extension extension) {
            return extension(tree, extension, place);
        }
        if (type instanceof SetOf set && JsonTree.array(tree) != null) {
            List<Value> elements = new ArrayList<>();
            for (Object element : place.array(tree, "an array")) {
                elements.add(value(element, set.element(), place.element(elements.size())));
            }
            return SetValue.of(elements);
        }
        Map<String, Object> object = JsonTree.object(tree);
        return type instanceof RecordOf record && object != null
                ? record(object, record, place)
                : ValueReader.value(tree, place);
    }

    private static Value extension(Object tree, Extension type, JsonPlace place) {
        ExtensionFunction constructor = CONSTRUCTORS.get(type);
        if (tree instanceof String text && constructor != null) {
            try {
                return Constants.call(constructor, List.of(new StringValue(text)));
            } catch (CedarException e) {
                throw place.error(String.valueOf(e.getMessage()));
            }
        }
        Map<String, Object> object = JsonTree.object(tree);
        boolean call = object != null
                && (object.keySet().equals(Set.of("fn", "arg"))
                        || object.keySet().equals(Set.of("fn", "args")));
        return ValueReader.value(call ? Map.of("__extn", object) : tree, place);
    }

    static RecordValue record(Map<String, Object> object, RecordOf type, JsonPlace place) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        object.forEach((name, member) -> {
            Attribute attribute = type.attributes().get(name);
            if (attribute == null) {
                throw place.error("'" + name + "' is not declared");
            }
            attributes.put(name, value(member, attribute.type(), place.member(name)));
        });
        return RecordValue.of(attributes);
    }
}
