package io.apiguard;

import io.apiguard.MtlsSettings.Naming;
import io.apiguard.authn.CertificateWithToken;
import io.apiguard.authn.mtls.CertificateNaming;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.mtls.ClientCertificatesBuilder;
import io.apiguard.authn.mtls.ForwardedCertificate;
import io.apiguard.authn.mtls.SubjectAttribute;
import io.apiguard.event.GuardListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what finds and checks client certificates, and makes sure that it is of use. */
final class MutualTls {

    private static final int MAXIMUM_FILE = 1 << 20;

    private MutualTls() {}

    /**
     * Returns what finds and checks client certificates, or {@code null} if they are not taken.
     *
     * @param given what the application gave in place of the settings
     * @param tokens whether tokens are taken that could be bound
     * @throws GuardConfigurationException if the authorities cannot be read, or certificates would be of no use
     */
    static @Nullable ClientCertificates of(
            MtlsSettings settings,
            @Nullable ClientCertificates given,
            boolean tokens,
            GuardListener listener,
            InstantSource clock) {
        if (given == null && !settings.enabled()) {
            return null;
        }
        ClientCertificates certificates = given == null ? build(settings, listener, clock) : given;
        checkUse(certificates, settings.withTokens(), tokens);
        return certificates;
    }

    private static void checkUse(ClientCertificates certificates, CertificateWithToken withTokens, boolean tokens) {
        if (!certificates.namesCallers() && !tokens) {
            throw refused("mtls.enabled: client certificates are of no use, since they name no callers, and no tokens are accepted that"
                    + " could be bound to them. Set mtls.identity, or jwt.issuer and jwt.audiences, or take no certificates");
        }
        if (!certificates.namesCallers() && withTokens != CertificateWithToken.REFUSE) {
            throw refused("mtls.with-tokens is set, and certificates name no callers, so that every token may come with one."
                    + " Set mtls.identity, or remove mtls.with-tokens");
        }
    }

    private static ClientCertificates build(MtlsSettings settings, GuardListener listener, InstantSource clock) {
        ClientCertificatesBuilder builder = ClientCertificates.builder()
                .forwardedBy(forwarded(settings))
                .elementFromLast(settings.forwardedElement())
                .cache(settings.cacheSize(), settings.cacheTtl())
                .listener(listener)
                .clock(clock);
        if (settings.anchors() != null) {
            builder.anchors(anchors(settings.anchors()));
        }
        if (settings.identity() != Naming.NONE) {
            builder.naming(naming(settings));
        }
        return builder.build();
    }

    private static ForwardedCertificate forwarded(MtlsSettings settings) {
        return switch (settings.forwarded()) {
            case NONE -> ForwardedCertificate.NONE;
            case RFC9440 -> ForwardedCertificate.CLIENT_CERT;
            case XFCC -> ForwardedCertificate.X_FORWARDED_CLIENT_CERT;
        };
    }

    private static CertificateNaming naming(MtlsSettings settings) {
        return switch (settings.identity()) {
            case SPIFFE ->
                CertificateNaming.spiffe(settings.trustDomains().toArray(String[]::new));
            case DNS -> CertificateNaming.dnsName();
            default ->
                CertificateNaming.subject(
                        SubjectAttribute.valueOf(settings.identity().name()));
        };
    }

    private static Collection<X509Certificate> anchors(Path file) {
        Collection<X509Certificate> anchors = certificates(file);
        if (anchors.isEmpty()) {
            throw refused("mtls.anchors: " + file + " holds no certificate. Write those of your clients' authorities into it"
                    + " in PEM");
        }
        if (anchors.stream().anyMatch(anchor -> anchor.getBasicConstraints() < 0)) {
            throw refused("mtls.anchors: " + file + " holds a certificate that is no authority's, since its basic constraints"
                    + " do not say so. Leave the certificates of clients and servers out");
        }
        return anchors;
    }

    private static Collection<X509Certificate> certificates(Path file) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file)))
                    .stream()
                    .map(MutualTls::x509)
                    .toList();
        } catch (IOException e) {
            throw refused("mtls.anchors: " + file + " cannot be read (" + e.getClass().getSimpleName()
                    + "). Name a readable file of certificates in PEM");
        } catch (CertificateException | ClassCastException e) {
            throw refused("mtls.anchors: " + file + " holds something else than certificates in PEM. Write those of your"
                    + " clients' authorities into it, and nothing else");
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAXIMUM_FILE + 1);
            if (bytes.length > MAXIMUM_FILE) {
                throw refused("mtls.anchors: " + file + " is longer than 1MB. Leave out what is no authority of your clients");
            }
            return bytes;
        }
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate;
    }

    private static GuardConfigurationException refused(String message) {
        return new GuardConfigurationException(List.of(message));
    }
}
