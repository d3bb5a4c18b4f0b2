package io.apiguard.extension.cli;

import org.jspecify.annotations.Nullable;

/** A file that the command line names cannot be read or written, or is not what it should be; the message says where and why. */
final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
