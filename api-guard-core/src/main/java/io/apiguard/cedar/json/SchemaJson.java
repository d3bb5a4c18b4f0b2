package io.apiguard.cedar.json;

import io.apiguard.cedar.schema.SchemaSource;
import io.apiguard.cedar.schema.SchemaSource.ActionDeclaration;
import io.apiguard.cedar.schema.SchemaSource.ActionReference;
import io.apiguard.cedar.schema.SchemaSource.AppliesTo;
import io.apiguard.cedar.schema.SchemaSource.EntityDeclaration;
import io.apiguard.cedar.schema.SchemaSource.Namespace;
import io.apiguard.cedar.schema.SchemaSource.TypeDeclaration;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads schemas in JSON (Cedar Policy Language Reference, "Schema: JSON format").
 *
 * <p>JSON that is no schema ends in a {@link CedarException} that says where; nothing else is thrown. Thread-safe.
 */
public final class SchemaJson {

    private SchemaJson() {}

    /**
     * Reads a schema.
     *
     * @param json an object of namespaces
     * @throws CedarException if it is none
     */
    public static SchemaSource read(String json) {
        Map<String, Namespace> namespaces = new LinkedHashMap<>();
        JsonPlace.ROOT.object(JsonTree.read(json), "a schema as an object").forEach((name, namespace) -> {
            if (!name.isEmpty() && !Names.isName(name)) {
                throw JsonPlace.ROOT.error("'" + name + "' is no name of a namespace");
            }
            namespaces.put(name, namespace(namespace, JsonPlace.ROOT.member(name)));
            if (name.isEmpty() && !namespaces.get(name).annotations().isEmpty()) {
                throw JsonPlace.ROOT.member(name).error("annotations belong to a namespace that has a name");
            }
        });
        return new SchemaSource(namespaces);
    }

    private static Namespace namespace(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a namespace as an object");
        place.checkNames(object, Set.of("entityTypes", "actions", "commonTypes", "annotations"));
        Map<String, EntityDeclaration> entities = new LinkedHashMap<>();
        place.member("entityTypes")
                .object(place.demanded(object, "entityTypes"), "entity types by name")
                .forEach((name, entity) -> entities.put(
                        identifier(name, place),
                        entity(entity, place.member("entityTypes").member(name))));
        Map<String, ActionDeclaration> actions = new LinkedHashMap<>();
        place.member("actions")
                .object(place.demanded(object, "actions"), "actions by id")
                .forEach((id, action) ->
                        actions.put(id, action(action, place.member("actions").member(id))));
        Map<String, TypeDeclaration> types = new LinkedHashMap<>();
        place.member("commonTypes")
                .object(object.getOrDefault("commonTypes", Map.of()), "common types by name")
                .forEach((name, type) -> types.put(
                        typeName(name, place),
                        commonType(type, place.member("commonTypes").member(name))));
        return new Namespace(TypeJson.annotations(object, place), entities, actions, types);
    }

    private static String identifier(String name, JsonPlace place) {
        if (!Names.isIdentifier(name)) {
            throw place.error("'" + name + "' is no identifier");
        }
        return name;
    }

    private static String typeName(String name, JsonPlace place) {
        if (Names.isTypeOfLanguage(name)) {
            throw place.error("'" + name + "' is a type of the language");
        }
        return identifier(name, place);
    }

    private static EntityDeclaration entity(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an entity type as an object");
        if (object.containsKey("enum")) {
            place.checkNames(object, Set.of("enum", "annotations"));
            List<String> ids = texts(place.demanded(object, "enum"), place.member("enum"));
            if (ids.isEmpty()) {
                throw place.member("enum").error("expected one id at least");
            }
            return new EntityDeclaration(TypeJson.annotations(object, place), List.of(), TypeSource.EMPTY, null, ids);
        }
        place.checkNames(object, Set.of("memberOfTypes", "shape", "tags", "annotations"));
        return new EntityDeclaration(
                TypeJson.annotations(object, place),
                names(object.getOrDefault("memberOfTypes", List.of()), place.member("memberOfTypes")),
                object.containsKey("shape")
                        ? TypeJson.type(place.demanded(object, "shape"), place.member("shape"))
                        : TypeSource.EMPTY,
                object.containsKey("tags") ? TypeJson.type(place.demanded(object, "tags"), place.member("tags")) : null,
                null);
    }

    private static List<String> texts(Object tree, JsonPlace place) {
        List<String> texts = new ArrayList<>();
        for (Object element : place.array(tree, "an array of texts")) {
            texts.add(place.element(texts.size()).text(element, "a text"));
        }
        return texts;
    }

    private static List<String> names(Object tree, JsonPlace place) {
        List<String> names = texts(tree, place);
        names.forEach(name -> TypeJson.checkName(name, place));
        return names;
    }

    private static ActionDeclaration action(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an action as an object");
        place.checkNames(object, Set.of("memberOf", "appliesTo", "attributes", "annotations"));
        if (given(object, "attributes", JsonTree.Foreign.NULL) != JsonTree.Foreign.NULL) {
            throw place.member("attributes").error("actions have no attributes");
        }
        List<ActionReference> memberOf = new ArrayList<>();
        JsonPlace within = place.member("memberOf");
        for (Object group : within.array(given(object, "memberOf", List.of()), "an array of actions")) {
            memberOf.add(reference(group, within.element(memberOf.size())));
        }
        Object applies = given(object, "appliesTo", JsonTree.Foreign.NULL);
        return new ActionDeclaration(
                TypeJson.annotations(object, place),
                memberOf,
                applies == JsonTree.Foreign.NULL ? null : appliesTo(applies, place.member("appliesTo")));
    }

    /** Returns a member; one that is null counts as missing. */
    private static Object given(Map<String, Object> object, String name, Object otherwise) {
        Object member = object.getOrDefault(name, otherwise);
        return member == JsonTree.Foreign.NULL ? otherwise : member;
    }

    private static ActionReference reference(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an action as {id, type}");
        place.checkNames(object, Set.of("id", "type"));
        String id = place.text(place.demanded(object, "id"), "an id");
        Object type = given(object, "type", JsonTree.Foreign.NULL);
        return new ActionReference(
                type == JsonTree.Foreign.NULL ? null : TypeJson.checkName(place.text(type, "a type"), place), id);
    }

    private static AppliesTo appliesTo(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "'appliesTo' as an object");
        place.checkNames(object, Set.of("principalTypes", "resourceTypes", "context"));
        return new AppliesTo(
                names(place.demanded(object, "principalTypes"), place.member("principalTypes")),
                names(place.demanded(object, "resourceTypes"), place.member("resourceTypes")),
                object.containsKey("context")
                        ? TypeJson.type(place.demanded(object, "context"), place.member("context"))
                        : TypeSource.EMPTY);
    }

    private static TypeDeclaration commonType(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a type as an object");
        return new TypeDeclaration(TypeJson.annotations(object, place), TypeJson.type(tree, place, "annotations"));
    }
}
