package io.apiguard.authn.mtls;

import io.apiguard.identity.Identity;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client certificate that was checked: only {@link ClientCertificates} can make one.
 *
 * <p>It was valid at the moment of the check. Immutable and thread-safe. {@code toString} shows the thumbprint only.
 */
public final class VerifiedCertificate {

    private final X509Certificate certificate;
    private final String thumbprint;
    private final @Nullable Identity identity;

    VerifiedCertificate(X509Certificate certificate, String thumbprint, @Nullable Identity identity) {
        this.certificate = certificate;
        this.thumbprint = thumbprint;
        this.identity = identity;
    }

    /** Returns the client's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Returns its thumbprint, to be compared with the {@code x5t#S256} of a bound token (RFC 8705 section 3.1). */
    public String thumbprint() {
        return thumbprint;
    }

    /** Returns whom the certificate speaks for; nothing where it is only taken for tokens that are bound to it. */
    public Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public String toString() {
        return "VerifiedCertificate[" + thumbprint + "]";
    }
}
