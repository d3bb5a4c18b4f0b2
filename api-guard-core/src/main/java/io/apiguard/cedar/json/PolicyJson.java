package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Policies and templates in JSON (Cedar Policy Language Reference, "JSON policy format").
 *
 * <p>JSON that is no policy ends in a {@link CedarException} that says where; nothing else is thrown. Thread-safe.
 */
public final class PolicyJson {

    private PolicyJson() {}

    /**
     * Reads a policy or template.
     *
     * @param json an object
     * @throws CedarException if it is none
     */
    public static Policy read(String json) {
        return read(JsonTree.read(json), JsonPlace.ROOT);
    }

    /**
     * Reads a policy or template.
     *
     * @param tree a tree of {@link JsonTree}
     * @param place where it stands
     * @throws CedarException if it is none
     */
    public static Policy read(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a policy as an object");
        place.checkNames(object, Set.of("effect", "principal", "action", "resource", "conditions", "annotations"));
        Effect effect = effect(place.demanded(object, "effect"), place.member("effect"));
        Scope principal = scope(place.demanded(object, "principal"), place.member("principal"));
        Scope action = scope(place.demanded(object, "action"), place.member("action"));
        Scope resource = scope(place.demanded(object, "resource"), place.member("resource"));
        List<Condition> conditions = conditions(place.demanded(object, "conditions"), place.member("conditions"));
        Map<String, String> annotations = object.containsKey("annotations")
                ? annotations(place.demanded(object, "annotations"), place.member("annotations"))
                : Map.of();
        try {
            return new Policy(effect, annotations, principal, action, resource, conditions);
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }

    private static Effect effect(Object tree, JsonPlace place) {
        return switch (place.text(tree, "'permit' or 'forbid'")) {
            case "permit" -> Effect.PERMIT;
            case "forbid" -> Effect.FORBID;
            default -> throw place.error("expected 'permit' or 'forbid'");
        };
    }

    private static Map<String, String> annotations(Object tree, JsonPlace place) {
        Map<String, String> annotations = new LinkedHashMap<>();
        place.object(tree, "annotations as an object").forEach((key, value) -> {
            if (!Names.isIdentifierText(key)) {
                throw place.error("'" + key + "' is no key of an annotation: an identifier");
            }
            String text =
                    value == JsonTree.Foreign.NULL ? "" : place.member(key).text(value, "a text or null");
            annotations.put(key, text);
        });
        return annotations;
    }

    private static Scope scope(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a part of the scope as an object");
        String operator = place.text(place.demanded(object, "op"), "an operator as a text");
        switch (operator) {
            case "All", "all" -> {
                place.checkNames(object, Set.of("op"));
                return new Scope.Any();
            }
            case "==" -> {
                place.checkNames(object, Set.of("op", "entity", "slot"));
                return new Scope.Equal(reference(object, place));
            }
            case "in" -> {
                place.checkNames(object, Set.of("op", "entity", "slot", "entities"));
                return object.containsKey("entities") ? inAny(object, place) : new Scope.In(reference(object, place));
            }
            case "is" -> {
                place.checkNames(object, Set.of("op", "entity_type", "in"));
                return is(object, place);
            }
            default -> throw place.error("'" + operator + "' is none of All, ==, in, is");
        }
    }

    private static Scope inAny(Map<String, Object> object, JsonPlace place) {
        if (object.size() != 2) {
            throw place.error("'entities' stands alone beside 'op'");
        }
        List<EntityUid> entities = new ArrayList<>();
        JsonPlace within = place.member("entities");
        for (Object entity : within.array(place.demanded(object, "entities"), "an array of entities")) {
            entities.add(ValueReader.uid(entity, within.element(entities.size())));
        }
        return new Scope.InAny(entities);
    }

    private static Scope is(Map<String, Object> object, JsonPlace place) {
        EntityType type = type(place.demanded(object, "entity_type"), place.member("entity_type"));
        if (!object.containsKey("in")) {
            return new Scope.Is(type);
        }
        JsonPlace within = place.member("in");
        Map<String, Object> group = within.object(place.demanded(object, "in"), "an entity or a slot as an object");
        within.checkNames(group, Set.of("entity", "slot"));
        return new Scope.IsIn(type, reference(group, within));
    }

    static EntityType type(Object tree, JsonPlace place) {
        try {
            return new EntityType(place.text(tree, "the name of an entity type"));
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }

    private static EntityReference reference(Map<String, Object> object, JsonPlace place) {
        if (object.containsKey("entity") == object.containsKey("slot")) {
            throw place.error("expected either 'entity' or 'slot'");
        }
        if (object.containsKey("entity")) {
            return new EntityReference.Named(ValueReader.uid(place.demanded(object, "entity"), place.member("entity")));
        }
        return slot(place.text(place.demanded(object, "slot"), "a slot"), place.member("slot"));
    }

    static Slot slot(String text, JsonPlace place) {
        for (Slot slot : Slot.values()) {
            if (slot.text().equals(text)) {
                return slot;
            }
        }
        throw place.error("'" + text + "' is none of ?principal, ?resource");
    }

    private static List<Condition> conditions(Object tree, JsonPlace place) {
        List<Condition> conditions = new ArrayList<>();
        for (Object condition : place.array(tree, "an array of conditions")) {
            conditions.add(condition(condition, place.element(conditions.size())));
        }
        return conditions;
    }

    private static Condition condition(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a condition as an object");
        place.checkNames(object, Set.of("kind", "body"));
        Condition.Kind kind =
                switch (place.text(place.demanded(object, "kind"), "'when' or 'unless'")) {
                    case "when" -> Condition.Kind.WHEN;
                    case "unless" -> Condition.Kind.UNLESS;
                    default -> throw place.member("kind").error("expected 'when' or 'unless'");
                };
        return new Condition(kind, ExprJson.read(place.demanded(object, "body"), place.member("body")));
    }

    /**
     * Writes a policy or template.
     *
     * @param policy any
     * @return an object that {@link #read(String)} reads back as an equal policy
     * @throws CedarException if it would nest more than {@value JsonTree#MAXIMUM_DEPTH} levels: chains of operators nest in this format
     */
    public static String write(Policy policy) {
        return JsonWriter.text(tree(policy));
    }

    static Map<String, Object> tree(Policy policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("effect", policy.effect().keyword());
        tree.put("principal", tree(policy.principal()));
        tree.put("action", tree(policy.action()));
        tree.put("resource", tree(policy.resource()));
        tree.put(
                "conditions",
                policy.conditions().stream()
                        .map(condition -> JsonWriter.members(
                                "kind", condition.kind().keyword(), "body", ExprJson.tree(condition.body())))
                        .toList());
        if (!policy.annotations().isEmpty()) {
            tree.put("annotations", policy.annotations());
        }
        return tree;
    }

    private static Map<String, Object> tree(Scope scope) {
        if (scope instanceof Scope.Equal equal) {
            return with("==", tree(equal.entity()));
        }
        if (scope instanceof Scope.In in) {
            return with("in", tree(in.entity()));
        }
        if (scope instanceof Scope.InAny any) {
            return with(
                    "in",
                    Map.of(
                            "entities",
                            any.entities().stream().map(ExprJson::uid).toList()));
        }
        if (scope instanceof Scope.Is is) {
            return with("is", Map.of("entity_type", is.type().name()));
        }
        return scope instanceof Scope.IsIn isIn
                ? with("is", JsonWriter.members("entity_type", isIn.type().name(), "in", tree(isIn.entity())))
                : Map.of("op", "All");
    }

    private static Map<String, Object> with(String operator, Map<String, Object> rest) {
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("op", operator));
        tree.putAll(rest);
        return tree;
    }

    private static Map<String, Object> tree(EntityReference reference) {
        return reference instanceof EntityReference.Named named
                ? Map.of("entity", ExprJson.uid(named.uid()))
                : Map.of("slot", reference.toString());
    }
}
