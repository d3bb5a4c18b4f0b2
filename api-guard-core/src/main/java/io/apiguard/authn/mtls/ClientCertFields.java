package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldParser;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440 section 2). */
final class ClientCertFields {

    static final String LEAF = "Client-Cert";
    static final String CHAIN = "Client-Cert-Chain";

    private ClientCertFields() {}

    /** Returns the chain, the client's own certificate first; empty if there are no fields. */
    static List<X509Certificate> read(List<String> leaf, List<String> chain) {
        if (leaf.isEmpty() && chain.isEmpty()) {
            return List.of();
        }
        if (leaf.size() != 1) {
            throw new RefusedCertificate(Reason.MALFORMED, "is told by " + leaf.size() + " fields " + LEAF);
        }
        try {
            return parse(leaf, chain);
        } catch (MalformedField e) {
            throw new RefusedCertificate(Reason.MALFORMED, "is told by a malformed field: " + e.getMessage());
        }
    }

    private static List<X509Certificate> parse(List<String> leaf, List<String> chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        certificates.add(certificate(FieldParser.item(leaf)));
        for (Member member : FieldParser.list(chain)) {
            if (certificates.size() == ChainRules.MAXIMUM_CERTIFICATES) {
                throw ChainRules.tooLong();
            }
            certificates.add(certificate(member));
        }
        return certificates;
    }

    private static X509Certificate certificate(Member member) {
        if (member instanceof Member.Item item && item.value() instanceof BareItem.Bytes bytes) {
            return CertificateReader.der(bytes.value());
        }
        throw new RefusedCertificate(Reason.MALFORMED, "is told by a field that is no byte sequence");
    }
}
