package io.apiguard.authn.mtls;

/** Ends the checks of a certificate from within; caught by the verifier, so it carries no stack trace. */
final class RefusedCertificate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CertificateResult.Reason reason;

    RefusedCertificate(CertificateResult.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    CertificateResult.Invalid result() {
        return new CertificateResult.Invalid(reason, String.valueOf(getMessage()));
    }
}
