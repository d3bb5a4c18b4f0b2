package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads certificates in DER, and the strict form of PEM that proxies write (RFC 7468 section 5). */
final class CertificateReader {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private CertificateReader() {}

    /** Returns the certificate whose encoding these bytes are, all of them. */
    static X509Certificate der(byte[] bytes) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
            if (certificate != null && Arrays.equals(certificate.getEncoded(), bytes)) {
                return certificate;
            }
        } catch (CertificateException e) {
            throw malformed("holds something that is no X.509 certificate"); // its message may hold parts of it
        }
        throw malformed("holds a certificate with something beside it");
    }

    /** Returns the certificates of a PEM text, at least one, with nothing but line ends between them. */
    static List<X509Certificate> pem(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(END, at);
            if (!text.startsWith(BEGIN, at) || end < 0 || certificates.size() == ChainRules.MAXIMUM_CERTIFICATES) {
                throw malformed("holds no PEM certificates, or more than " + ChainRules.MAXIMUM_CERTIFICATES);
            }
            certificates.add(der(base64(text.substring(at + BEGIN.length(), end))));
            at = afterLineEnd(text, end + END.length());
        }
        if (certificates.isEmpty()) {
            throw malformed("holds no certificate");
        }
        return certificates;
    }

    private static int afterLineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    private static byte[] base64(String lines) {
        try {
            return Base64.getDecoder().decode(lines.replace("\r", "").replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw malformed("holds PEM that is not base64");
        }
    }

    private static RefusedCertificate malformed(String detail) {
        return new RefusedCertificate(Reason.MALFORMED, detail);
    }
}
