package io.apiguard.authn;

import io.apiguard.authn.mtls.CertificateResult;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.mtls.VerifiedCertificate;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's certificate, and judges what it means beside other credentials: the key that a token is bound to (RFC
 * 8705 section 3), or a credential itself if it names a caller.
 */
final class CertificateCheck {

    private static final CertificateResult ABSENT = new CertificateResult.Absent();

    private final @Nullable ClientCertificates certificates;
    private final CertificateWithToken withToken;

    CertificateCheck(@Nullable ClientCertificates certificates, CertificateWithToken withToken) {
        this.certificates = certificates;
        this.withToken = withToken;
    }

    /** Why a token and what came with it do not fit; {@code several} if they would be two credentials. */
    record Misfit(boolean several, String reason, String detail) {}

    boolean takesAny() {
        return certificates != null;
    }

    boolean namesCallers() {
        return certificates != null && certificates.namesCallers();
    }

    /** Without knowing whether the peer is a proxy nobody can tell whose certificate its own would be. */
    CertificateResult find(ApiRequest request, @Nullable Arrival arrival) {
        return certificates == null || arrival == null ? ABSENT : certificates.verify(request, arrival);
    }

    /** Returns whether a certificate is a credential that nothing which came with it can be combined with. */
    boolean standsAlone(@Nullable VerifiedCertificate certificate, boolean besideToken) {
        return isCredential(certificate) && !(besideToken && withToken != CertificateWithToken.REFUSE);
    }

    private static boolean isCredential(@Nullable VerifiedCertificate certificate) {
        return certificate != null && certificate.identity().isPresent();
    }

    /** Returns what is wrong between a good token and the certificate of its request, or {@code null}. */
    @Nullable Misfit misfit(Identity token, @Nullable VerifiedCertificate certificate) {
        String bound = token.confirmation()
                .map(Confirmation::certificateThumbprint)
                .orElse(null);
        if (bound == null) {
            return isCredential(certificate) && withToken != CertificateWithToken.ANY ? unbound() : null;
        }
        if (certificate == null) {
            return new Misfit(
                    false,
                    "token.certificate_absent",
                    "the token is bound to a client certificate, and the request came without one");
        }
        return bound.equals(certificate.thumbprint())
                ? null
                : new Misfit(
                        false,
                        "token.certificate_mismatch",
                        "the token is bound to another client certificate than the one the request came with");
    }

    private static Misfit unbound() {
        return new Misfit(
                true,
                "credential.several",
                "a client certificate that names a caller is presented beside a token that is not bound to it");
    }
}
