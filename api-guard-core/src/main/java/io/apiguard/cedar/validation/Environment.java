package io.apiguard.cedar.validation;

import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;

/**
 * One kind of request that a schema permits.
 *
 * @param principal the type of the principal
 * @param action the action
 * @param resource the type of the resource
 * @param context the type of the context
 */
record Environment(EntityType principal, EntityUid action, EntityType resource, RecordOf context) {

    @Override
    public String toString() {
        return principal + " does " + action + " to " + resource;
    }
}
