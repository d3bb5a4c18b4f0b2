package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorResult;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a chain must fulfil: each certificate by itself, and, where there are anchors, the path from the client's to one
 * of them (RFC 5280 section 6). The chain must be in order, as TLS sends it, so that the work is linear in its length.
 */
final class ChainRules {

    static final int MAXIMUM_CERTIFICATES = 8;

    private static final int MINIMUM_RSA_BITS = 2048;
    private static final int MAXIMUM_RSA_BITS = 8192;
    private static final int NO_AUTHORITY = -1;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final Set<EllipticCurve> CURVES = Set.of(curve("secp256r1"), curve("secp384r1"), curve("secp521r1"));

    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");

    /** RSA and ECDSA with SHA-256, SHA-384 and SHA-512, RSASSA-PSS, Ed25519. */
    private static final Set<String> SIGNATURES = Set.of(
            "1.2.840.113549.1.1.11",
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            PSS,
            "1.2.840.10045.4.3.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.3.101.112");

    private final Set<X509Certificate> anchors;

    ChainRules(Set<X509Certificate> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks the curve " + name, e);
        }
    }

    static byte[] sha256(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be digested", e);
        }
    }

    static RefusedCertificate tooLong() {
        return new RefusedCertificate(
                Reason.TOO_LARGE, "has a chain of more than " + MAXIMUM_CERTIFICATES + " certificates");
    }

    /**
     * Checks a chain that is not empty, the client's own certificate first.
     *
     * @return the last instant at which none of its certificates, nor its anchor, has expired
     */
    Instant check(List<X509Certificate> chain, Instant now) {
        if (chain.size() > MAXIMUM_CERTIFICATES) {
            throw tooLong();
        }
        checkLeaf(chain.get(0));
        List<X509Certificate> path = anchors.isEmpty() ? chain.subList(0, 1) : belowAnchor(chain);
        for (X509Certificate certificate : path) {
            checkTime(certificate, now);
            checkKey(certificate);
            checkPurpose(certificate);
        }
        if (anchors.isEmpty()) {
            return lastGood(path);
        }
        Instant ofAnchor = anchorOf(path, now).getNotAfter().toInstant();
        return ofAnchor.isBefore(lastGood(path)) ? ofAnchor : lastGood(path);
    }

    private static Instant lastGood(List<X509Certificate> path) {
        return path.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .reduce(Instant.MAX, (first, second) -> first.isBefore(second) ? first : second);
    }

    private static void checkLeaf(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() != NO_AUTHORITY || (usage != null && !usage[0])) {
            throw new RefusedCertificate(
                    Reason.USAGE, "is an authority's certificate, or its key usage does not permit digital signatures");
        }
    }

    /** Some send the anchor itself, and what stands above it, along. */
    private List<X509Certificate> belowAnchor(List<X509Certificate> chain) {
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            if (!path.isEmpty() && anchors.contains(certificate)) {
                return path;
            }
            path.add(certificate);
        }
        return path;
    }

    private static void checkTime(X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw new RefusedCertificate(Reason.EXPIRED, "has expired, or one of its chain has");
        } catch (CertificateNotYetValidException e) {
            throw new RefusedCertificate(Reason.NOT_YET_VALID, "is not valid yet, or one of its chain is not");
        }
    }

    private static void checkKey(X509Certificate certificate) {
        if (!isStrong(certificate.getPublicKey()) || !isStronglySigned(certificate)) {
            throw new RefusedCertificate(
                    Reason.KEY,
                    "has, or one of its chain has, a key that is none of RSA from " + MINIMUM_RSA_BITS
                            + " bits, P-256, P-384, P-521 and Ed25519, or a signature with a broken digest");
        }
    }

    private static boolean isStronglySigned(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgOID();
        return SIGNATURES.contains(algorithm)
                && (!algorithm.equals(PSS) || hasStrongDigest(certificate.getSigAlgParams()));
    }

    /** The digest of RSASSA-PSS is a parameter (RFC 4055 section 3.1); left out, it is SHA-1. */
    private static boolean hasStrongDigest(byte @Nullable [] encoded) {
        if (encoded == null) {
            return false;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            PSSParameterSpec spec = parameters.getParameterSpec(PSSParameterSpec.class);
            return DIGESTS.contains(spec.getDigestAlgorithm())
                    && spec.getMGFParameters() instanceof MGF1ParameterSpec mask
                    && DIGESTS.contains(mask.getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static boolean isStrong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= MINIMUM_RSA_BITS && bits <= MAXIMUM_RSA_BITS;
        }
        if (key instanceof ECPublicKey ec) {
            return CURVES.contains(ec.getParams().getCurve());
        }
        return key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals("Ed25519");
    }

    /** RFC 5280 section 4.2.1.12; an authority that is only for servers vouches for no client either. */
    private static void checkPurpose(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(CLIENT_AUTH)) {
                throw new RefusedCertificate(
                        Reason.USAGE, "has, or one of its chain has, an extended key usage without clientAuth");
            }
        } catch (CertificateParsingException e) {
            throw new RefusedCertificate(Reason.USAGE, "has an extended key usage that cannot be read");
        }
    }

    /** The validator does not look at the time of anchors. */
    private Set<TrustAnchor> anchorsAt(Instant now) {
        return anchors.stream()
                .filter(anchor -> !now.isBefore(anchor.getNotBefore().toInstant())
                        && !now.isAfter(anchor.getNotAfter().toInstant()))
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
    }

    private X509Certificate anchorOf(List<X509Certificate> path, Instant now) {
        try {
            X509Certificate anchor = validated(path, anchorsAt(now), now);
            checkConstraints(anchor, path, now);
            return anchor;
        } catch (GeneralSecurityException e) { // its message may hold parts of the certificates
            throw new RefusedCertificate(
                    Reason.CHAIN,
                    "has a chain that leads to none of the anchors, or not within its anchor's constraints");
        }
    }

    private static X509Certificate validated(List<X509Certificate> path, Set<TrustAnchor> from, Instant now)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(from);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidatorResult result = CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        return ((PKIXCertPathValidatorResult) result).getTrustAnchor().getTrustedCert();
    }

    /**
     * The validator takes no notice of what an anchor's own certificate says of those below it (RFC 5280 sections 4.2.1.9 and 4.2.1.10),
     * unless the certificate stands at the end of the chain too.
     */
    private static void checkConstraints(X509Certificate anchor, List<X509Certificate> path, Instant now)
            throws GeneralSecurityException {
        long authorities = path.stream()
                .skip(1)
                .filter(certificate -> !isSelfIssued(certificate))
                .count();
        if (authorities > anchor.getBasicConstraints()) {
            throw new RefusedCertificate(Reason.CHAIN, "has a longer chain than its anchor permits");
        }
        if (hasNameConstraints(anchor)) {
            List<X509Certificate> whole = new ArrayList<>(path);
            whole.add(anchor);
            validated(whole, Set.of(new TrustAnchor(anchor, null)), now);
        }
    }

    private static boolean hasNameConstraints(X509Certificate certificate) {
        return certificate.getExtensionValue(NAME_CONSTRAINTS) != null;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether what the certificate says of those below it can be kept: the validator reads name constraints of self-signed ones only. */
    static boolean canBeAnchor(X509Certificate certificate) {
        return !hasNameConstraints(certificate) || isSelfIssued(certificate);
    }
}
