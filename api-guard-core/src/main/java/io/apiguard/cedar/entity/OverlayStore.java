package io.apiguard.cedar.entity;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some entities of one request on top of a shared store: what the request brings along stands before what the base knows of the same name.
 *
 * <p>Only the entities of the request are worked over. An entity of the base keeps the ancestors that the base gives it, so the request cannot
 * change what those are in. Immutable and thread-safe if the base is.
 */
public final class OverlayStore implements EntityStore {

    private final EntityStore base;
    private final Map<EntityUid, StoredEntity> top;

    private OverlayStore(EntityStore base, Map<EntityUid, StoredEntity> top) {
        this.base = base;
        this.top = top;
    }

    /**
     * Returns a store.
     *
     * @param base what all requests share
     * @param entities what one request brings along, each name once
     * @throws CedarException if a name occurs twice, or an entity is in itself
     */
    public static OverlayStore of(EntityStore base, Collection<Entity> entities) {
        Map<EntityUid, Entity> byUid = new HashMap<>();
        for (Entity entity : entities) {
            if (byUid.put(entity.uid(), entity) != null) {
                throw new CedarException("two entities of the request are named " + entity.uid());
            }
        }
        Map<EntityUid, StoredEntity> closed = new HashMap<>();
        new Closure(byUid).close().forEach((uid, entity) -> closed.put(uid, joined(base, byUid, entity)));
        return new OverlayStore(base, Map.copyOf(closed));
    }

    private static StoredEntity joined(EntityStore base, Map<EntityUid, Entity> top, StoredEntity entity) {
        Set<EntityUid> ancestors = new HashSet<>(entity.ancestors());
        for (EntityUid ancestor : entity.ancestors()) {
            StoredEntity known = top.containsKey(ancestor) ? null : base.find(ancestor);
            if (known != null) {
                ancestors.addAll(known.ancestors());
            }
        }
        if (ancestors.contains(entity.entity().uid())) {
            throw new CedarException("an entity of the request is in itself through the base: "
                    + entity.entity().uid());
        }
        return new StoredEntity(entity.entity(), Set.copyOf(ancestors));
    }

    @Override
    public @Nullable StoredEntity find(EntityUid uid) {
        StoredEntity found = top.get(uid);
        return found != null ? found : base.find(uid);
    }

    @Override
    public boolean isIn(EntityUid uid, EntityUid group) {
        StoredEntity found = top.get(uid);
        return found == null
                ? base.isIn(uid, group)
                : uid.equals(group) || found.ancestors().contains(group);
    }

    @Override
    public void prepare(Collection<EntityUid> uids) {
        List<EntityUid> unknown =
                uids.stream().filter(uid -> !top.containsKey(uid)).toList();
        if (!unknown.isEmpty()) {
            base.prepare(unknown);
        }
    }
}
