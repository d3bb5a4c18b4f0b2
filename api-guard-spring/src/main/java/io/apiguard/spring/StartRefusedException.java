package io.apiguard.spring;

import org.jspecify.annotations.Nullable;

/** Tells why an application does not start under guard: one message with what is wrong and the remedy. */
final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StartRefusedException(String message) {
        this(message, null);
    }

    StartRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
