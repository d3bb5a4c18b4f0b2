package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.Position;
import io.apiguard.cedar.value.CedarException;

/** Says where a text is no text of the language, and what was expected there. */
public final class CedarSyntaxException extends CedarException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * Makes one.
     *
     * @param position where
     * @param message what was expected, and what was found
     */
    public CedarSyntaxException(Position position, String message) {
        super(position + ": " + message);
        this.line = position.line();
        this.column = position.column();
    }

    /** Returns the place of the fault. */
    public Position position() {
        return new Position(line, column);
    }
}
