package io.apiguard;

/** What the guard says of one request at one gate; a refusal is a value and never an exception. */
public sealed interface Decision {

    /** The request may go on. */
    record Permit() implements Decision {}

    /**
     * The request may not go on.
     *
     * @param denial why
     */
    record Deny(Denial denial) implements Decision {}
}
