package io.apiguard.authz;

import io.apiguard.identity.Identity;

/**
 * Decides whether a caller may act on the very object that a request names: the application's own function (OWASP API1:2023, broken object level
 * authorization).
 *
 * <p>Implementations must be thread-safe. Anything but {@code true} refuses; an exception refuses too, and is reported as a failure of the check.
 */
@FunctionalInterface
public interface ObjectCheck {

    /**
     * Returns whether the caller may act on the object.
     *
     * @param identity the authenticated caller
     * @param object what the request names
     */
    boolean permits(Identity identity, ObjectReference object);
}
