package io.apiguard.authn.jwt;

/** Ends the checks of a token from within; caught by the verifier, so it carries no stack trace. */
final class RefusedToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final JwtResult.Reason reason;

    RefusedToken(JwtResult.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    JwtResult.Invalid result() {
        return new JwtResult.Invalid(reason, String.valueOf(getMessage()));
    }
}
