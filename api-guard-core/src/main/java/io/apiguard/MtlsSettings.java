package io.apiguard;

import io.apiguard.authn.CertificateWithToken;
import io.apiguard.authn.mtls.CertificateNaming;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which client certificates are taken, and what for (mutual TLS, RFC 8705, RFC 9440).
 *
 * @param enabled take client certificates: tokens bound to one and, with identity, callers known by one
 * @param forwarded the one family of header fields by which trusted proxies tell a certificate; others are ignored
 * @param forwardedElement which element of X-Forwarded-Client-Cert is the client's, counted from the last
 * @param anchors A PEM file of the authorities that chains must lead to; demanded by forwarded and identity
 * @param identity where a certificate names its holder; none: it is no credential, and only good for tokens bound to it
 * @param trustDomains the SPIFFE trust domains whose workloads may call
 * @param withTokens what becomes of a token beside a certificate that names its holder
 * @param cacheSize how many chains that were good are remembered, never past the end of a certificate; 0: none
 * @param cacheTtl how long they are
 */
public record MtlsSettings(
        @Setting(
                description =
                        "Take client certificates: tokens bound to one and, with identity, callers known by one.",
                defaultValue = "false")
        boolean enabled,

        @Setting(
                description = "The one family of header fields by which trusted proxies tell a certificate; others are"
                        + " ignored.",
                defaultValue = "none")
        ForwardedBy forwarded,

        @Setting(
                description = "Which element of X-Forwarded-Client-Cert is the client's, counted from the last.",
                defaultValue = "1")
        int forwardedElement,

        @Setting(
                description = "A PEM file of the authorities that chains must lead to; demanded by forwarded and"
                        + " identity.")
        @Nullable Path anchors,

        @Setting(
                description = "Where a certificate names its holder; none: it is no credential, and only good for"
                        + " tokens bound to it.",
                defaultValue = "none")
        Naming identity,

        @Setting(description = "The SPIFFE trust domains whose workloads may call.")
        List<String> trustDomains,

        @Setting(
                description = "What becomes of a token beside a certificate that names its holder: refuse (two"
                        + " credentials), bound (one, if the token is bound to the certificate) or any (the"
                        + " token's caller counts).",
                defaultValue = "refuse")
        CertificateWithToken withTokens,

        @Setting(
                description = "How many chains that were good are remembered, never past the end of a certificate; 0:"
                        + " none.",
                defaultValue = "1000")
        int cacheSize,

        @Setting(description = "How long they are.", defaultValue = "1m")
        Duration cacheTtl) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public MtlsSettings {
        trustDomains = List.copyOf(trustDomains);
        Checks.range("forwarded-element", forwardedElement, 1, 16);
        Checks.range("cache-size", cacheSize, 0, 1_000_000);
        Checks.range("cache-ttl", cacheTtl, Duration.ofSeconds(1), Duration.ofHours(1));
        Checks.that(
                enabled
                        || (forwarded == ForwardedBy.NONE
                                && anchors == null
                                && identity == Naming.NONE
                                && withTokens == CertificateWithToken.REFUSE),
                "enabled",
                "is false while other settings of mtls are there",
                "Set mtls.enabled: true, or remove them");
        Checks.that(
                forwarded == ForwardedBy.NONE || anchors != null,
                "anchors",
                "is missing while mtls.forwarded is set: a proxy's word for a certificate is not enough",
                "Name a PEM file with the authorities of your clients, or set mtls.forwarded: none");
        Checks.that(
                identity == Naming.NONE || anchors != null,
                "anchors",
                "is missing while mtls.identity is set: anybody could issue a certificate of any name",
                "Name a PEM file with the authorities of your clients, or set mtls.identity: none");
        Checks.that(
                forwarded == ForwardedBy.XFCC || forwardedElement == 1,
                "forwarded-element",
                "is set while mtls.forwarded is not xfcc",
                "Set mtls.forwarded: xfcc, or remove mtls.forwarded-element");
        checkTrustDomains(identity, trustDomains);
    }

    private static void checkTrustDomains(Naming identity, List<String> trustDomains) {
        Checks.that(
                identity == Naming.SPIFFE || trustDomains.isEmpty(),
                "trust-domains",
                "is set while mtls.identity is not spiffe",
                "Set mtls.identity: spiffe, or remove mtls.trust-domains");
        Checks.that(
                identity != Naming.SPIFFE || !trustDomains.isEmpty(),
                "trust-domains",
                "is missing while mtls.identity is spiffe",
                "List the trust domains whose workloads may call, such as prod.example.com");
        if (identity == Naming.SPIFFE) {
            checkReadable(trustDomains);
        }
    }

    /** Asks the very code that will read them later. */
    private static void checkReadable(List<String> trustDomains) {
        try {
            CertificateNaming.spiffe(trustDomains.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw SettingsException.of("trust-domains", "cannot be used", String.valueOf(e.getMessage()));
        }
    }

    /** By which fields trusted proxies tell a certificate. */
    public enum ForwardedBy {
        /** By none: only clients that connect to this server itself can have one. */
        NONE,
        /** {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440). */
        RFC9440,
        /** Envoy's {@code X-Forwarded-Client-Cert}. */
        XFCC
    }

    /** Where a certificate names its holder. */
    public enum Naming {
        /** Nowhere: it is no credential. */
        NONE,
        /** The one URI among the subject's alternative names, a SPIFFE ID. */
        SPIFFE,
        /** The one DNS name among the subject's alternative names. */
        DNS,
        /** {@code CN} of the subject. */
        COMMON_NAME,
        /** {@code UID} of the subject. */
        USER_ID,
        /** {@code serialNumber} of the subject. */
        SERIAL_NUMBER,
        /** {@code emailAddress} of the subject. */
        EMAIL_ADDRESS
    }
}
