package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.security.cert.X509Certificate;
import java.util.Set;

/** The SPIFFE ID of a workload, by the grammar of SPIFFE-ID section 2. */
record SpiffeNaming(Set<String> trustDomains) implements CertificateNaming {

    private static final String SCHEME = "spiffe://";
    private static final int MAXIMUM_LENGTH = 2048;
    private static final int MAXIMUM_DOMAIN_LENGTH = 255;

    SpiffeNaming {
        trustDomains = Set.copyOf(trustDomains);
        if (trustDomains.isEmpty() || !trustDomains.stream().allMatch(SpiffeNaming::isTrustDomain)) {
            throw new IllegalArgumentException("SPIFFE naming needs at least one trust domain, written as in a SPIFFE"
                    + " ID: lower-case letters, digits, '.', '-' and '_'");
        }
    }

    private static boolean isTrustDomain(String text) {
        return !text.isEmpty()
                && text.length() <= MAXIMUM_DOMAIN_LENGTH
                && text.chars().allMatch(c -> isInSegment((char) c) && !Character.isUpperCase(c));
    }

    @Override
    public String nameOf(X509Certificate certificate) {
        String id = AlternativeNames.only(certificate, AlternativeNames.URI, "URIs among its alternative names");
        int slash = id.indexOf('/', SCHEME.length());
        if (id.length() > MAXIMUM_LENGTH || !id.startsWith(SCHEME) || slash < 0 || !isPath(id.substring(slash))) {
            throw new RefusedCertificate(Reason.IDENTITY, "has a URI that is no SPIFFE ID of a workload");
        }
        if (!trustDomains.contains(id.substring(SCHEME.length(), slash))) {
            throw new RefusedCertificate(Reason.IDENTITY, "is of a trust domain that is none of " + trustDomains);
        }
        return id;
    }

    private static boolean isPath(String path) {
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty()
                    || segment.equals(".")
                    || segment.equals("..")
                    || !segment.chars().allMatch(c -> isInSegment((char) c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInSegment(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
