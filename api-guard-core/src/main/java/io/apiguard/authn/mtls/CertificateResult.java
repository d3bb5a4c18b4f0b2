package io.apiguard.authn.mtls;

import java.util.Locale;

/** What {@link ClientCertificates#verify} found: a certificate to rely on, none at all, or one to refuse. */
public sealed interface CertificateResult {

    /**
     * The client holds the key of a certificate that is accepted.
     *
     * @param certificate the certificate, and whom it speaks for
     */
    record Valid(VerifiedCertificate certificate) implements CertificateResult {}

    /** The client has presented no certificate. */
    record Absent() implements CertificateResult {}

    /**
     * The certificate is refused (401).
     *
     * @param reason which rule it breaks; for audit and metrics, not for the caller
     * @param detail one sentence for the operator, which never holds a part of the certificate
     */
    record Invalid(Reason reason, String detail) implements CertificateResult {}

    /** The rule that a refused certificate breaks. */
    enum Reason {
        /** The proxy's field, or a certificate in it, cannot be read; or it contradicts itself. */
        MALFORMED,
        /** The field is longer, or the chain has more certificates, than permitted. */
        TOO_LARGE,
        /** A certificate of the chain has expired. */
        EXPIRED,
        /** A certificate of the chain is not valid yet. */
        NOT_YET_VALID,
        /** A key of the chain is too short or of a kind that is not permitted, or a signature uses a broken digest. */
        KEY,
        /** The certificate is not for clients, or is an authority's. */
        USAGE,
        /** The chain does not lead to an anchor. */
        CHAIN,
        /** The certificate does not name its holder as demanded. */
        IDENTITY;

        /** Returns the stable code, such as {@code certificate.expired}. */
        public String code() {
            return "certificate." + name().toLowerCase(Locale.ROOT);
        }
    }
}
