package io.apiguard.authn.jose;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that can be permitted (RFC 7518 section 3.1, RFC 8037 section 3.1). There is no {@code none}
 * and no HMAC here, so no setting can permit them.
 */
public enum JwsAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256,
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384,
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512,
    /** RSASSA-PSS with SHA-256. */
    PS256,
    /** RSASSA-PSS with SHA-384. */
    PS384,
    /** RSASSA-PSS with SHA-512. */
    PS512,
    /** ECDSA on P-256 with SHA-256. */
    ES256,
    /** ECDSA on P-384 with SHA-384. */
    ES384,
    /** ECDSA on P-521 with SHA-512. */
    ES512,
    /** Ed25519 or Ed448. */
    EDDSA;

    /** Returns the name in the {@code alg} parameter, case-sensitive. */
    public String id() {
        return this == EDDSA ? "EdDSA" : name();
    }

    /** Returns the algorithm of the given name, or {@code null} if it is not one of these. */
    public static @Nullable JwsAlgorithm of(String id) {
        for (JwsAlgorithm algorithm : values()) {
            if (algorithm.id().equals(id)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Returns the algorithms that a key can be used with. */
    static Set<JwsAlgorithm> suiting(PublicKey key) {
        Set<JwsAlgorithm> suiting = EnumSet.noneOf(JwsAlgorithm.class);
        for (JwsAlgorithm algorithm : values()) {
            if (algorithm.suits(key)) {
                suiting.add(algorithm);
            }
        }
        return suiting;
    }

    /** Returns whether the key is of the type, and on the curve, that this algorithm demands. */
    boolean suits(PublicKey key) {
        return switch (this) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> key instanceof RSAPublicKey;
            case ES256, ES384, ES512 -> key instanceof ECPublicKey ec && curve().equals(EcCurve.of(ec));
            case EDDSA -> key instanceof EdECPublicKey;
        };
    }

    private EcCurve curve() {
        return switch (this) {
            case ES256 -> EcCurve.P_256;
            case ES384 -> EcCurve.P_384;
            case ES512 -> EcCurve.P_521;
            default -> throw new IllegalStateException(name().toLowerCase(Locale.ROOT) + " has no curve");
        };
    }
}
