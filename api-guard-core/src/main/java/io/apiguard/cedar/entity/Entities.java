package io.apiguard.cedar.entity;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entities held in memory, with all that each is in worked out beforehand.
 *
 * <p>Immutable and thread-safe.
 */
public final class Entities implements EntityStore {

    /** No entities. */
    public static final Entities NONE = new Entities(Map.of());

    private final Map<EntityUid, StoredEntity> stored;

    private Entities(Map<EntityUid, StoredEntity> stored) {
        this.stored = stored;
    }

    /**
     * Returns a store of entities.
     *
     * @param entities in any order; the same one twice is taken if both say the same
     * @throws CedarException if two say different things of one entity, or an entity is in itself
     */
    public static Entities of(Collection<Entity> entities) {
        return of(entities, Map.of());
    }

    /**
     * Returns a store of entities and of others, whose ancestors are known and not worked out again.
     *
     * @param entities in any order; the same one twice is taken if both say the same
     * @param known others by their names, which are those of none of the entities
     * @throws CedarException if two say different things of one entity, or an entity is in itself
     */
    public static Entities of(Collection<Entity> entities, Map<EntityUid, StoredEntity> known) {
        Map<EntityUid, Entity> byUid = new HashMap<>();
        for (Entity entity : entities) {
            Entity other = byUid.putIfAbsent(entity.uid(), entity);
            if (other != null && !other.equals(entity)) {
                throw new CedarException("two different entities are named " + entity.uid());
            }
        }
        return new Entities(new Closure(byUid, known).close());
    }

    /**
     * Returns a store of entities.
     *
     * @param entities in any order
     * @throws CedarException if two say different things of one entity, or an entity is in itself
     */
    public static Entities of(Entity... entities) {
        return of(List.of(entities));
    }

    @Override
    public @Nullable StoredEntity find(EntityUid uid) {
        return stored.get(uid);
    }

    /** Returns all entities, in no order. */
    public Collection<Entity> all() {
        return stored.values().stream().map(StoredEntity::entity).toList();
    }

    /** Returns how many entities there are. */
    public int size() {
        return stored.size();
    }

    /**
     * Returns these entities, with others in the place of those that have the same names, or in addition.
     *
     * @param others what to put in
     * @throws CedarException if an entity would be in itself
     */
    public Entities with(Collection<Entity> others) {
        Map<EntityUid, Entity> byUid = new HashMap<>();
        stored.forEach((uid, entity) -> byUid.put(uid, entity.entity()));
        others.forEach(entity -> byUid.put(entity.uid(), entity));
        return of(new ArrayList<>(byUid.values()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entities that && stored.equals(that.stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }

    @Override
    public String toString() {
        Set<EntityUid> uids = stored.keySet();
        return "Entities" + uids.stream().sorted().toList();
    }
}
