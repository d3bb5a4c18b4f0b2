package io.apiguard.authn.httpsig;

import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;

/** Carries a refusal out of the middle of a check; without a stack trace, since callers cause it at will. */
final class RefusedSignature extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedSignature(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    HttpSignatureResult result() {
        return new HttpSignatureResult.Invalid(reason, String.valueOf(getMessage()));
    }
}
