package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import io.apiguard.http.Authority;
import java.security.cert.X509Certificate;

/** A DNS name, in lower case. */
record DnsNaming() implements CertificateNaming {

    @Override
    public String nameOf(X509Certificate certificate) {
        String name = AlternativeNames.only(certificate, AlternativeNames.DNS, "DNS names");
        return Authority.parse(name)
                .filter(authority -> authority.port() == Authority.NO_PORT && isName(authority.host()))
                .map(Authority::host)
                .orElseThrow(() -> new RefusedCertificate(Reason.IDENTITY, "has a DNS name that names no one host"));
    }

    /** The last label of a name is never all digits, that of an IPv4 address always is. */
    private static boolean isName(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !host.startsWith("[") && !last.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
