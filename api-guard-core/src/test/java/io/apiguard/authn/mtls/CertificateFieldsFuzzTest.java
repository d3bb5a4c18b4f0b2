package io.apiguard.authn.mtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

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

    @FuzzTest(maxDuration = "10s")
    void verify_anyClientCert_isRefused(byte[] bytes) {
        CertificateRequest request = CertificateRequest.direct().with("Client-Cert", text(bytes));
        refused(verify(ForwardedCertificate.CLIENT_CERT, request));
    }

    @FuzzTest(maxDuration = "10s")
    void verify_anyClientCertOfBytes_isRefused(byte[] bytes) {
        String value = ":" + java.util.Base64.getEncoder().encodeToString(bytes) + ":";
        refused(verify(
                ForwardedCertificate.CLIENT_CERT, CertificateRequest.direct().with("Client-Cert", value)));
    }

    @FuzzTest(maxDuration = "10s")
    void verify_anyForwardedClientCert_isRefused(byte[] bytes) {
        CertificateRequest request = CertificateRequest.direct().with("X-Forwarded-Client-Cert", text(bytes));
        refused(verify(ForwardedCertificate.X_FORWARDED_CLIENT_CERT, request));
    }
}
