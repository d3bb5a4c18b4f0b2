package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.schema.SchemaSource.ActionDeclaration;
import io.apiguard.cedar.schema.SchemaSource.EntityDeclaration;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the declarations of one namespace. Names that are declared together share what is said of them: thousands of names with thousands of
 * attributes cost their sum, not their product.
 */
final class DeclarationResolver {

    private final String namespace;
    private final TypeResolver types;
    private final IdentityHashMap<TypeSource, CedarType> resolved = new IdentityHashMap<>();
    private final IdentityHashMap<List<String>, Set<EntityType>> named = new IdentityHashMap<>();
    private final IdentityHashMap<List<String>, Set<String>> ids = new IdentityHashMap<>();

    DeclarationResolver(String namespace, TypeResolver types) {
        this.namespace = namespace;
        this.types = types;
    }

    EntityDefinition entity(EntityType type, Set<EntityType> ancestors, EntityDeclaration declared) {
        return new EntityDefinition(
                ancestors,
                record(declared.shape(), "the attributes of " + type),
                declared.tags() == null ? null : type(declared.tags()),
                ids(declared.ids()));
    }

    private @Nullable Set<String> ids(@Nullable List<String> declared) {
        return declared == null ? null : ids.computeIfAbsent(declared, Set::copyOf);
    }

    ActionDefinition action(
            EntityUid uid, Set<EntityUid> parents, Set<EntityUid> ancestors, ActionDeclaration declared) {
        if (ancestors.contains(uid)) {
            throw new CedarException("the action " + uid + " is in itself");
        }
        SchemaSource.AppliesTo applies = declared.appliesTo();
        return applies == null
                ? new ActionDefinition(parents, ancestors, Set.of(), Set.of(), RecordOf.EMPTY)
                : new ActionDefinition(
                        parents,
                        ancestors,
                        entities(applies.principals()),
                        entities(applies.resources()),
                        record(applies.context(), "the context of " + uid));
    }

    private Set<EntityType> entities(List<String> names) {
        return named.computeIfAbsent(
                names,
                key -> key.stream().map(name -> types.entity(namespace, name)).collect(Collectors.toUnmodifiableSet()));
    }

    private CedarType type(TypeSource declared) {
        return resolved.computeIfAbsent(declared, key -> types.type(namespace, key));
    }

    private RecordOf record(TypeSource declared, String what) {
        if (type(declared) instanceof RecordOf record) {
            return record;
        }
        throw new CedarException(what + " must be a record");
    }
}
