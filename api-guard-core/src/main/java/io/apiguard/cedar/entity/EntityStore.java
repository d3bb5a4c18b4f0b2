package io.apiguard.cedar.entity;

import io.apiguard.cedar.value.EntityUid;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is known of entities while a decision is made.
 *
 * <p>Must be thread-safe, and give the same answers throughout a decision. Whatever it throws ends the decision with that exception: it never
 * counts as the error of a policy, since a policy that fails is left out, a {@code forbid} too.
 */
public interface EntityStore {

    /**
     * Returns what is known of an entity.
     *
     * @param uid its name
     * @return the entity and all that it is in; {@code null} if nothing is known of it
     */
    @Nullable StoredEntity find(EntityUid uid);

    /**
     * Returns whether an entity is in another, or is that itself. To be overridden where the answer is cheaper than all ancestors.
     *
     * @param uid an entity, known or not
     * @param group an entity, known or not
     */
    default boolean isIn(EntityUid uid, EntityUid group) {
        if (uid.equals(group)) {
            return true;
        }
        StoredEntity entity = find(uid);
        return entity != null && entity.ancestors().contains(group);
    }

    /**
     * Tells the store which entities a decision will ask for, so that it can fetch them together. Does nothing unless overridden.
     *
     * @param uids principal, action and resource of the request, and the entities that its context names
     */
    default void prepare(Collection<EntityUid> uids) {}

    /**
     * An entity with all that it is in.
     *
     * @param entity what is known of it
     * @param ancestors all entities that it is in, directly or through others, without itself
     */
    record StoredEntity(Entity entity, Set<EntityUid> ancestors) {}
}
