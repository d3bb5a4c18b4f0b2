package io.apiguard.contract.authorizationserver;

import io.apiguard.contract.authorizationserver.Certificates.Issued;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * TLS of a server that asks for a client certificate and can do without one.
 *
 * @param server the server's certificate
 * @param trusted whose certificates clients may show
 */
record Tls(Issued server, List<X509Certificate> trusted) {

    void secure(Connector connector) {
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("optional");
        host.setTrustStore(Certificates.trustStore(trusted.toArray(X509Certificate[]::new)));
        host.addCertificate(certificate(host));
        connector.addSslHostConfig(host);
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
    }

    private SSLHostConfigCertificate certificate(SSLHostConfig host) {
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(Certificates.keyStore(server));
        certificate.setCertificateKeystorePassword(new String(Certificates.PASSWORD));
        return certificate;
    }
}
