package io.apiguard.secret;

import java.util.Optional;

/**
 * Where every keyed function of the guard takes its key from, so that a fleet shares and rotates them.
 *
 * <p>Implementations must be thread-safe and answer from memory: both methods are called on the path of a request.
 */
public interface SecretSource {

    /**
     * Returns the version of a secret that new values are made with, or empty if there is no secret of that name.
     *
     * @param name what the secret is for, such as {@code api-keys}
     */
    Optional<Secret> current(String name);

    /**
     * Returns a given version of a secret, current or not, or empty if it is not (or no longer) known.
     *
     * @param name what the secret is for
     * @param keyId which version
     */
    Optional<Secret> version(String name, String keyId);
}
