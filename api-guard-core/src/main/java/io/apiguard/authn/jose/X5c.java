package io.apiguard.authn.jose;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificate chain of a JWK (RFC 7517 section 4.7). A chain adds no trust, that comes from where the set is, so
 * nothing of it is used; but if it is there, its first certificate must be that of the key.
 */
final class X5c {

    private static final int MAXIMUM_LENGTH = 32 * 1024;

    private X5c() {}

    /**
     * Checks the chain of a JWK, if it has one.
     *
     * @throws Malformed if its first certificate cannot be read, or is that of another key
     */
    static void check(Map<String, ? extends @Nullable Object> jwk, PublicKey key) {
        if (jwk.containsKey("x5c") && !same(certified(jwk.get("x5c")), key)) {
            throw new Malformed("a key whose 'x5c' is the certificate of another key");
        }
    }

    private static PublicKey certified(@Nullable Object chain) {
        if (!(chain instanceof List<?> list)
                || list.isEmpty()
                || !(list.get(0) instanceof String first)
                || first.length() > MAXIMUM_LENGTH) {
            throw new Malformed("a key whose 'x5c' is not an array of certificates");
        }
        try {
            byte[] der = Base64.getDecoder().decode(first);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException | RuntimeException e) {
            throw new Malformed("a key whose 'x5c' cannot be read");
        }
    }

    private static boolean same(PublicKey certified, PublicKey key) {
        if (certified instanceof RSAPublicKey one && key instanceof RSAPublicKey other) {
            return one.getModulus().equals(other.getModulus())
                    && one.getPublicExponent().equals(other.getPublicExponent());
        }
        if (certified instanceof ECPublicKey one && key instanceof ECPublicKey other) {
            return one.getW().equals(other.getW()) && EcCurve.of(one) == EcCurve.of(other);
        }
        return certified instanceof EdECPublicKey one
                && key instanceof EdECPublicKey other
                && one.getParams().getName().equals(other.getParams().getName())
                && one.getPoint().getY().equals(other.getPoint().getY())
                && one.getPoint().isXOdd() == other.getPoint().isXOdd();
    }
}
