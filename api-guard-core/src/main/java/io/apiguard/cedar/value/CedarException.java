package io.apiguard.cedar.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a policy, a schema, entities or a context handed in cannot be used, and why; the only exception that reading them throws.
 *
 * <p>The message says where the fault is and what was expected. It may quote what was handed in, which is the application's own.
 */
public final class CedarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * Makes one.
     *
     * @param message where the fault is, and what was expected
     */
    public CedarException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * Makes one with its cause.
     *
     * @param message where the fault is, and what was expected
     * @param cause what was caught, or {@code null}
     */
    public CedarException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.line = 0;
        this.column = 0;
    }

    /**
     * Makes one of a fault in a text.
     *
     * @param position where the fault is
     * @param message what was expected, and what was found
     */
    public CedarException(Position position, String message) {
        super(position + ": " + message);
        this.line = position.line();
        this.column = position.column();
    }

    /** Returns the place of the fault, if it is one in a text. */
    public Optional<Position> position() {
        return line == 0 ? Optional.empty() : Optional.of(new Position(line, column));
    }
}
