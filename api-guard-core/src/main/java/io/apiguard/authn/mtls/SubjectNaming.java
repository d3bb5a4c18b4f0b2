package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * An attribute of the subject, taken from the parsed name: a text search would find {@code CN=admin} within the value of
 * another attribute (CVE-2023-2422).
 */
record SubjectNaming(SubjectAttribute attribute) implements CertificateNaming {

    private static final int MAXIMUM_LENGTH = 256;
    private static final Map<String, String> KEYWORDS = keywords();

    private static Map<String, String> keywords() {
        Map<String, String> keywords = new TreeMap<>();
        for (SubjectAttribute attribute : SubjectAttribute.values()) {
            keywords.put(attribute.oid(), attribute.keyword());
        }
        return Map.copyOf(keywords);
    }

    @Override
    public String nameOf(X509Certificate certificate) {
        List<Object> values = new ArrayList<>();
        for (Rdn rdn : subject(certificate).getRdns()) {
            if (rdn.size() != 1) {
                throw refused("has a subject with several attributes in one place");
            }
            if (rdn.getType().equalsIgnoreCase(attribute.keyword())) {
                values.add(rdn.getValue());
            }
        }
        if (values.size() != 1 || !(values.get(0) instanceof String name) || !isName(name)) {
            throw refused("has a subject without exactly one readable " + attribute.keyword());
        }
        return name;
    }

    private static LdapName subject(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, KEYWORDS));
        } catch (InvalidNameException e) {
            throw refused("has a subject that cannot be read");
        }
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAXIMUM_LENGTH
                && name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static RefusedCertificate refused(String detail) {
        return new RefusedCertificate(Reason.IDENTITY, detail);
    }
}
