package io.apiguard.cedar;

import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.Objects;

/**
 * The question whether somebody may do something.
 *
 * @param principal who acts
 * @param action what is done
 * @param resource to what it is done
 * @param context what else is known of the request
 */
public record CedarRequest(EntityUid principal, EntityUid action, EntityUid resource, RecordValue context) {

    /** Checks that nothing is {@code null}. */
    public CedarRequest {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(action);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(context);
    }
}
