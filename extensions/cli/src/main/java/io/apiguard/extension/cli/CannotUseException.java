package io.apiguard.extension.cli;

import org.jspecify.annotations.Nullable;

/** The database, the file of keys or the secret cannot be used; the message says why and what to do. */
final class CannotUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
