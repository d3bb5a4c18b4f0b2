package io.apiguard.authn.mtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** No field of a proxy makes the verifier throw, and none without a certificate of the authority is valid. */
class CertificateFieldsFuzzTest {

    private static final TestCertificate.Issued ROOT = TestCertificate.authority("root");

    private static CertificateResult verify(ForwardedCertificate kind, CertificateRequest request) {
        return ClientCertificates.builder()
                .anchors(List.of(ROOT.certificate()))
                .forwardedBy(kind)
                .clock(InstantSource.fixed(TestCertificate.NOW))
                .build()
                .verify(request, CertificateRequest.arrival(true));
    }

    private static void refused(CertificateResult result) {
        if (!(result instanceof CertificateResult.Invalid)) {
            throw new AssertionError("a made-up certificate is not refused");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @MethodSource("clientCerts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyClientCert_isRefused(byte[] bytes) {
        CertificateRequest request = CertificateRequest.direct().with("Client-Cert", text(bytes));
        refused(verify(ForwardedCertificate.CLIENT_CERT, request));
    }

    @MethodSource("certificates")
    @FuzzTest(maxDuration = "60s")
    void verify_anyClientCertOfBytes_isRefused(byte[] bytes) {
        String value = ":" + java.util.Base64.getEncoder().encodeToString(bytes) + ":";
        refused(verify(
                ForwardedCertificate.CLIENT_CERT, CertificateRequest.direct().with("Client-Cert", value)));
    }

    @MethodSource("forwardedCerts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyForwardedClientCert_isRefused(byte[] bytes) {
        CertificateRequest request = CertificateRequest.direct().with("X-Forwarded-Client-Cert", text(bytes));
        refused(verify(ForwardedCertificate.X_FORWARDED_CLIENT_CERT, request));
    }

    /** Certificates of another authority of the same name, which must not be believed. */
    private static Stream<X509Certificate> strangers() {
        TestCertificate.Issued other = TestCertificate.authority("root");
        return Stream.of(
                other.certificate(), TestCertificate.certificate().by(other).certificate());
    }

    static Stream<byte[]> clientCerts() {
        return strangers().map(CertificateRequest::bytes).map(CertificateFieldsFuzzTest::bytes);
    }

    static Stream<byte[]> certificates() {
        return strangers().map(CertificateRequest::der);
    }

    static Stream<byte[]> forwardedCerts() {
        return strangers()
                .map(CertificateRequest::pem)
                .flatMap(pem -> Stream.of(
                        "Cert=\"" + pem + "\"",
                        "By=spiffe://a/b;Hash=" + "0".repeat(64) + ";Cert=\"" + pem + "\";Chain=\"" + pem
                                + "\";Subject=\"CN=a,O=\\\"b\\\"\";URI=spiffe://c/d;DNS=e.example,By=x;Cert=\"" + pem
                                + "\""))
                .map(CertificateFieldsFuzzTest::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
