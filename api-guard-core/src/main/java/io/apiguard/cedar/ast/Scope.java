package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.List;

/** What a policy's scope demands of principal, action or resource. None of these can fail to be evaluated. */
public sealed interface Scope {

    /** Anything. */
    record Any() implements Scope {}

    /**
     * This entity.
     *
     * @param entity which
     */
    record Equal(EntityReference entity) implements Scope {}

    /**
     * This entity, or one below it.
     *
     * @param entity which
     */
    record In(EntityReference entity) implements Scope {}

    /**
     * One of these entities, or one below them; for actions only.
     *
     * @param entities which; perhaps none, then nothing matches
     */
    record InAny(List<EntityUid> entities) implements Scope {

        /** Copies the list. */
        public InAny {
            entities = List.copyOf(entities);
        }
    }

    /**
     * An entity of this type; not for actions.
     *
     * @param type which
     */
    record Is(EntityType type) implements Scope {}

    /**
     * An entity of this type that is this entity, or one below it; not for actions.
     *
     * @param type which
     * @param entity which
     */
    record IsIn(EntityType type, EntityReference entity) implements Scope {}
}
