package io.apiguard.store;

/** Says that there is no room for a revocation, so that what was to be revoked is still good. */
public final class RevocationsFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param capacity how many revocations there is room for
     */
    public RevocationsFullException(int capacity) {
        super("not revoked: there is room for " + capacity + " revocations and all of it is taken; raise the bound, or"
                + " revoke many tokens at once by subject or by issuer");
    }
}
