package io.apiguard.internal.structured;

/**
 * Says that a field is not the structured field it should be, or that a value cannot be written as one. Thrown and caught within the house,
 * so it carries no stack trace; its message is ours alone and never holds a part of the field.
 */
public final class MalformedField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param message what is wrong, for the operator
     */
    public MalformedField(String message) {
        super(message, null, false, false);
    }
}
