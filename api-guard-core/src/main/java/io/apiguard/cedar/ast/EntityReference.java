package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.EntityUid;

/** What a scope compares with: a named entity, or the slot of a template. */
public sealed interface EntityReference permits EntityReference.Named, Slot {

    /**
     * A named entity.
     *
     * @param uid its name
     */
    record Named(EntityUid uid) implements EntityReference {

        @Override
        public String toString() {
            return uid.toString();
        }
    }
}
