package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entities and actions there are, with all names resolved.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entityTypes by name
 * @param actions by name
 */
public record Schema(Map<EntityType, EntityDefinition> entityTypes, Map<EntityUid, ActionDefinition> actions) {

    /** Copies the maps. */
    public Schema {
        entityTypes = Map.copyOf(entityTypes);
        actions = Map.copyOf(actions);
    }

    /**
     * A type of entities.
     *
     * @param ancestors the types whose entities they can be in, directly or through others
     * @param attributes their attributes
     * @param tags the type of their tags; {@code null} if they have none
     * @param ids the only ids there are; {@code null} if any
     */
    public record EntityDefinition(
            Set<EntityType> ancestors,
            RecordOf attributes,
            @Nullable CedarType tags,
            @Nullable Set<String> ids) {

        /** Copies the sets. */
        public EntityDefinition {
            ancestors = Reach.copy(ancestors);
            ids = ids == null ? null : Set.copyOf(ids);
        }
    }

    /**
     * An action.
     *
     * @param parents the actions that it is directly in
     * @param ancestors the actions that it is in, directly or through others
     * @param principals the types of principals it applies to
     * @param resources the types of resources it applies to
     * @param context what its requests tell beside
     */
    public record ActionDefinition(
            Set<EntityUid> parents,
            Set<EntityUid> ancestors,
            Set<EntityType> principals,
            Set<EntityType> resources,
            RecordOf context) {

        /** Copies the sets. */
        public ActionDefinition {
            parents = Set.copyOf(parents);
            ancestors = Reach.copy(ancestors);
            principals = Set.copyOf(principals);
            resources = Set.copyOf(resources);
        }
    }

    /**
     * Resolves a schema.
     *
     * @param source a schema as it was written
     * @throws io.apiguard.cedar.value.CedarException if a name is unknown, or stands for two things, or definitions go in a circle
     */
    public static Schema of(SchemaSource source) {
        return new SchemaResolver(source).resolve();
    }

    /**
     * Returns whether entities of one type can be of another one, or be in an entity of it.
     *
     * @param type a type
     * @param group a type
     */
    public boolean canBeIn(EntityType type, EntityType group) {
        EntityDefinition definition = entityTypes.get(type);
        return type.equals(group)
                || (definition != null && definition.ancestors().contains(group));
    }

    /**
     * Returns whether an action is another one, or is in it.
     *
     * @param action an action
     * @param group an action
     */
    public boolean isActionIn(EntityUid action, EntityUid group) {
        ActionDefinition definition = actions.get(action);
        return action.equals(group)
                || (definition != null && definition.ancestors().contains(group));
    }

    /**
     * Returns whether entities of a type are declared, as entities or as actions.
     *
     * @param type a type
     */
    public boolean knows(EntityType type) {
        return entityTypes.containsKey(type) || isActionType(type);
    }

    /**
     * Returns whether a type is that of an action that is declared.
     *
     * @param type a type
     */
    public boolean isActionType(EntityType type) {
        return type.isAction()
                && actions.keySet().stream().anyMatch(action -> action.type().equals(type));
    }
}
