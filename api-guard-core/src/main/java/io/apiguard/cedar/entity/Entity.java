package io.apiguard.cedar.entity;

import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.Value;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of an entity: its attributes, its tags, and the entities that it is directly in.
 *
 * <p>Immutable, thread-safe, equal by content.
 *
 * @param uid its name
 * @param attributes its attributes
 * @param tags its tags by name
 * @param parents the entities that it is directly in, without itself
 */
public record Entity(EntityUid uid, RecordValue attributes, RecordValue tags, Set<EntityUid> parents) {

    /** Copies the parents. */
    public Entity {
        Objects.requireNonNull(uid);
        parents = Set.copyOf(parents);
    }

    /**
     * Returns an entity without attributes, tags and parents.
     *
     * @param uid its name
     */
    public static Entity of(EntityUid uid) {
        return new Entity(uid, RecordValue.EMPTY, RecordValue.EMPTY, Set.of());
    }

    /**
     * Returns this entity with other attributes.
     *
     * @param attributes all of them
     */
    public Entity withAttributes(Map<String, ? extends Value> attributes) {
        return new Entity(uid, RecordValue.of(attributes), tags, parents);
    }

    /**
     * Returns this entity with other tags.
     *
     * @param tags all of them
     */
    public Entity withTags(Map<String, ? extends Value> tags) {
        return new Entity(uid, attributes, RecordValue.of(tags), parents);
    }

    /**
     * Returns this entity with other parents.
     *
     * @param parents all of them
     */
    public Entity withParents(EntityUid... parents) {
        return new Entity(uid, attributes, tags, Set.of(parents));
    }
}
