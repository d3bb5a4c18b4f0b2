package io.apiguard.authn.jose;

/**
 * Says that text from outside is not what it should be. Thrown and caught within authn only, so it carries no stack
 * trace; its message is ours alone and never holds a part of the text.
 */
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param message what is wrong, for the operator
     */
    public Malformed(String message) {
        super(message, null, false, false);
    }
}
