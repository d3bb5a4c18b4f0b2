package io.apiguard.authn.dpop;

/** Ends the checks of a proof from within; caught by the verifier, so it carries no stack trace. */
final class RefusedProof extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DpopResult.Reason reason;

    RefusedProof(DpopResult.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    DpopResult.Invalid result() {
        return new DpopResult.Invalid(reason, String.valueOf(getMessage()));
    }
}
