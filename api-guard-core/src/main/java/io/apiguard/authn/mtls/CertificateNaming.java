package io.apiguard.authn.mtls;

import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * Where a certificate names its holder; a choice that is always made explicitly.
 *
 * <p>Implementations are this package's, immutable and thread-safe.
 */
public sealed interface CertificateNaming permits SpiffeNaming, DnsNaming, SubjectNaming {

    /**
     * Names callers by their SPIFFE ID, the one URI among the subject's alternative names (SPIFFE X509-SVID section 2).
     *
     * @param trustDomains the permitted trust domains, such as {@code prod.example.com}; at least one
     * @throws IllegalArgumentException if one of them is no trust domain, or there is none
     */
    static CertificateNaming spiffe(String... trustDomains) {
        return new SpiffeNaming(Set.of(trustDomains));
    }

    /** Names callers by the one DNS name among the subject's alternative names, which must be no wildcard. */
    static CertificateNaming dnsName() {
        return new DnsNaming();
    }

    /**
     * Names callers by an attribute of the subject's distinguished name, which must occur exactly once.
     *
     * @param attribute any attribute
     */
    static CertificateNaming subject(SubjectAttribute attribute) {
        return new SubjectNaming(attribute);
    }

    /**
     * Returns the name of a certificate's holder.
     *
     * @param certificate a certificate whose chain was verified
     * @throws RuntimeException if the certificate does not name its holder in this way, or in more than one
     */
    String nameOf(X509Certificate certificate);
}
