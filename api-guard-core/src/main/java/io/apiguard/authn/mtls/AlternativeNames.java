package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the alternative names of a certificate's subject (RFC 5280 section 4.2.1.6). */
final class AlternativeNames {

    static final int DNS = 2;
    static final int URI = 6;

    private AlternativeNames() {}

    /** Returns the only name of a kind; several would leave the choice to whoever reads them. */
    static String only(X509Certificate certificate, int kind, String what) {
        List<String> names = new ArrayList<>();
        for (List<?> name : all(certificate)) {
            if (Integer.valueOf(kind).equals(name.get(0)) && name.get(1) instanceof String text) {
                names.add(text);
            }
        }
        if (names.size() != 1) {
            throw new RefusedCertificate(Reason.IDENTITY, "has " + names.size() + " " + what + ", not exactly one");
        }
        return names.get(0);
    }

    private static Collection<List<?>> all(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            throw new RefusedCertificate(Reason.IDENTITY, "has alternative names that cannot be read");
        }
    }
}
