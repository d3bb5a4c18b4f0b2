package io.apiguard.cedar.json;

import io.apiguard.cedar.schema.SchemaSource.AttributeSource;
import io.apiguard.cedar.schema.SchemaSource.NameKind;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import io.apiguard.cedar.value.Names;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the types of a schema in JSON. */
final class TypeJson {

    private static final Set<String> EXTENSIONS = Set.of("decimal", "ipaddr", "datetime", "duration");
    private static final String BUILT_IN = "__cedar::";

    private TypeJson() {}

    static String checkName(String name, JsonPlace place) {
        String local = name.startsWith(BUILT_IN) ? name.substring(BUILT_IN.length()) : name;
        if (!Names.isName(local)) {
            throw place.error("'" + name + "' is no name of a type");
        }
        return name;
    }

    /** Reads annotations: keys are identifiers, reserved or not, and {@code null} is a text without characters. */
    static Map<String, String> annotations(Map<String, Object> object, JsonPlace place) {
        Map<String, String> annotations = new LinkedHashMap<>();
        JsonPlace within = place.member("annotations");
        within.object(object.getOrDefault("annotations", Map.of()), "annotations by key")
                .forEach((key, value) -> {
                    if (!Names.isIdentifierText(key)) {
                        throw within.error("'" + key + "' is no identifier");
                    }
                    annotations.put(key, value == JsonTree.Foreign.NULL ? "" : within.text(value, "a text or null"));
                });
        return annotations;
    }

    /**
     * Reads a type.
     *
     * @param beside names of members that may stand in the same object
     */
    static TypeSource type(Object tree, JsonPlace place, String... beside) {
        Map<String, Object> all = place.object(tree, "a type as an object");
        Map<String, Object> object = new LinkedHashMap<>(all);
        object.keySet().removeAll(Set.of(beside));
        String name = place.text(place.demanded(object, "type"), "the name of a type");
        return switch (name) {
            case "Long", "String", "Boolean", "Bool" -> {
                checkMembers(object, place);
                yield new TypeSource.Named(name.equals("Boolean") ? "Bool" : name, NameKind.BUILT_IN);
            }
            case "Set" -> {
                checkMembers(object, place, "element");
                yield new TypeSource.OfSet(type(place.demanded(object, "element"), place.member("element")));
            }
            case "Record" -> {
                checkMembers(object, place, "attributes", "additionalAttributes");
                yield record(object, place);
            }
            case "Entity" -> named(object, place, NameKind.ENTITY);
            case "EntityOrCommon" -> named(object, place, NameKind.ANY);
            case "Extension" -> extension(object, place);
            default -> {
                checkMembers(object, place);
                yield new TypeSource.Named(checkName(name, place), NameKind.COMMON);
            }
        };
    }

    private static void checkMembers(Map<String, Object> object, JsonPlace place, String... more) {
        Set<String> names = new HashSet<>(Set.of("type"));
        names.addAll(List.of(more));
        place.checkNames(object, names);
    }

    private static TypeSource named(Map<String, Object> object, JsonPlace place, NameKind kind) {
        checkMembers(object, place, "name");
        return new TypeSource.Named(checkName(place.text(place.demanded(object, "name"), "a name"), place), kind);
    }

    private static TypeSource extension(Map<String, Object> object, JsonPlace place) {
        checkMembers(object, place, "name");
        String name = place.text(place.demanded(object, "name"), "a name");
        if (!EXTENSIONS.contains(name)) {
            throw place.error("'" + name + "' is no extension type");
        }
        return new TypeSource.Named(name, NameKind.BUILT_IN);
    }

    private static TypeSource record(Map<String, Object> object, JsonPlace place) {
        if (Boolean.TRUE.equals(object.get("additionalAttributes"))) {
            throw place.error("'additionalAttributes' is not part of the language");
        }
        Map<String, AttributeSource> attributes = new LinkedHashMap<>();
        JsonPlace within = place.member("attributes");
        within.object(place.demanded(object, "attributes"), "attributes by name")
                .forEach((name, attribute) -> attributes.put(name, attribute(attribute, within.member(name))));
        return new TypeSource.OfRecord(attributes);
    }

    private static AttributeSource attribute(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an attribute as an object");
        if (object.getOrDefault("required", true) instanceof Boolean required) {
            return new AttributeSource(
                    annotations(object, place), type(tree, place, "required", "annotations"), required);
        }
        throw place.member("required").error("expected true or false");
    }
}
