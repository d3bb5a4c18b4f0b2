package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.schema.SchemaSource.ActionReference;
import io.apiguard.cedar.schema.SchemaSource.Namespace;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what each name of a schema stands for (Cedar Policy Language Reference, "Schema"; RFC 24 and RFC 70). */
final class SchemaResolver {

    private static final int LONGEST_NAMESPACE = 1_000;

    private final SchemaSource source;
    private final TypeResolver types;
    private final Map<EntityType, Set<EntityType>> parentTypes = new HashMap<>();
    private final Map<EntityUid, Set<EntityUid>> parentActions = new HashMap<>();

    SchemaResolver(SchemaSource source) {
        this.source = source;
        this.types = new TypeResolver(source);
    }

    Schema resolve() {
        source.namespaces().keySet().forEach(SchemaResolver::checkLength);
        checkShadowing();
        types.resolveAll();
        source.namespaces().forEach(this::collectParents);
        Reach<EntityType> typeReach = new Reach<>(parentTypes);
        Reach<EntityUid> actionReach = new Reach<>(parentActions);
        Map<EntityType, EntityDefinition> entities = new HashMap<>();
        Map<EntityUid, ActionDefinition> actions = new HashMap<>();
        source.namespaces().forEach((name, namespace) -> {
            DeclarationResolver declarations = new DeclarationResolver(name, types);
            namespace.entities().forEach((id, declared) -> {
                EntityType type = type(name, id);
                entities.put(type, declarations.entity(type, typeReach.of(type), declared));
            });
            namespace.actions().forEach((id, declared) -> {
                EntityUid uid = action(name, id);
                Set<EntityUid> parents = parentActions.getOrDefault(uid, Set.of());
                actions.put(uid, declarations.action(uid, parents, actionReach.of(uid), declared));
            });
        });
        return new Schema(entities, actions);
    }

    /** Each name that is declared within a namespace becomes so much longer. */
    private static void checkLength(String namespace) {
        if (namespace.length() > LONGEST_NAMESPACE) {
            throw new CedarException("the name of a namespace has more than " + LONGEST_NAMESPACE + " characters");
        }
    }

    private static EntityType type(String namespace, String name) {
        return new EntityType(TypeResolver.qualified(namespace, name));
    }

    private static EntityUid action(String namespace, String id) {
        return EntityUid.of(type(namespace, TypeResolver.ACTION), id);
    }

    /** RFC 70: what has no namespace can be named from everywhere, so nothing else may have its name. */
    private void checkShadowing() {
        Namespace open = source.namespaces().get("");
        if (open == null) {
            return;
        }
        Set<String> openNames = names(open);
        source.namespaces().forEach((name, namespace) -> {
            if (!name.isEmpty()) {
                checkShadowing(name, namespace.entities().keySet(), openNames);
                checkShadowing(name, namespace.types().keySet(), openNames);
                checkShadowing(
                        name, namespace.actions().keySet(), open.actions().keySet());
            }
        });
    }

    private static Set<String> names(Namespace namespace) {
        Set<String> names = new HashSet<>(namespace.entities().keySet());
        names.addAll(namespace.types().keySet());
        return names;
    }

    private static void checkShadowing(String namespace, Set<String> names, Set<String> open) {
        for (String name : names) {
            if (open.contains(name)) {
                throw new CedarException("'" + TypeResolver.qualified(namespace, name) + "' hides '" + name
                        + "', which is declared without a namespace");
            }
        }
    }

    /** What is declared in one list has one set of parents: a list of many names with many parents costs their sum, not their product. */
    private void collectParents(String name, Namespace namespace) {
        IdentityHashMap<List<String>, Set<EntityType>> shared = new IdentityHashMap<>();
        IdentityHashMap<List<ActionReference>, Set<EntityUid>> sharedActions = new IdentityHashMap<>();
        namespace
                .entities()
                .forEach((type, declared) -> parentTypes.put(
                        type(name, type),
                        shared.computeIfAbsent(declared.memberOf(), parents -> entities(name, parents))));
        namespace
                .actions()
                .forEach((id, declared) -> parentActions.put(
                        action(name, id), sharedActions.computeIfAbsent(declared.memberOf(), parents -> parents.stream()
                                .map(parent -> reference(name, parent))
                                .collect(Collectors.toSet()))));
    }

    private EntityUid reference(String namespace, ActionReference reference) {
        String type = reference.type() == null ? TypeResolver.ACTION : reference.type();
        List<EntityUid> candidates = type.contains("::") || namespace.isEmpty()
                ? List.of(EntityUid.of(type, reference.id()))
                : List.of(
                        EntityUid.of(TypeResolver.qualified(namespace, type), reference.id()),
                        EntityUid.of(type, reference.id()));
        return candidates.stream()
                .filter(this::isDeclared)
                .findFirst()
                .orElseThrow(() -> new CedarException("the action " + candidates.get(0) + " is not declared"));
    }

    private boolean isDeclared(EntityUid action) {
        Namespace namespace = source.namespaces().get(action.type().namespace());
        return action.type().isAction()
                && namespace != null
                && namespace.actions().containsKey(action.id());
    }

    private Set<EntityType> entities(String namespace, List<String> names) {
        return names.stream().map(name -> types.entity(namespace, name)).collect(Collectors.toSet());
    }
}
