package io.apiguard.cedar.validation;

import io.apiguard.cedar.value.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the validator has to say of a policy.
 *
 * @param policyId the id of the policy
 * @param severity whether the policy is refused
 * @param message what is wrong
 * @param position where; {@code null} if that is not known
 */
public record Finding(
        String policyId,
        Severity severity,
        String message,
        @Nullable Position position) {

    /** Whether a policy is refused. */
    public enum Severity {
        /** It is refused. */
        ERROR,
        /** It is taken, and somebody should look at it. */
        WARNING
    }

    @Override
    public String toString() {
        return policyId + (position == null ? "" : ", " + position) + ": " + message;
    }
}
