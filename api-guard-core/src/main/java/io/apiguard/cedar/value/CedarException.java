package io.apiguard.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * Says that a policy, a schema, entities or a context handed in cannot be used, and why; the only exception that reading them throws.
 *
 * <p>The message says where the fault is and what was expected. It may quote what was handed in, which is the application's own.
 */
public class CedarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message where the fault is, and what was expected
     */
    public CedarException(String message) {
        super(message);
    }

    /**
     * Makes one with its cause.
     *
     * @param message where the fault is, and what was expected
     * @param cause what was caught, or {@code null}
     */
    public CedarException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
