package io.apiguard.authn.httpsig;

import io.apiguard.authn.jose.JwsAlgorithm;
import org.jspecify.annotations.Nullable;

/** The algorithms registered for HTTP message signatures (RFC 9421 section 3.3); each computes what the JOSE algorithm beside it does. */
public enum SignatureAlgorithm {
    /** RSASSA-PSS with SHA-512 and a salt of 64 bytes (section 3.3.1). */
    RSA_PSS_SHA512("rsa-pss-sha512", JwsAlgorithm.PS512),
    /** RSASSA-PKCS1-v1_5 with SHA-256 (section 3.3.2). */
    RSA_V1_5_SHA256("rsa-v1_5-sha256", JwsAlgorithm.RS256),
    /** HMAC with SHA-256 (section 3.3.3): whoever can verify can sign. */
    HMAC_SHA256("hmac-sha256", null),
    /** ECDSA on P-256 with SHA-256 (section 3.3.4). */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", JwsAlgorithm.ES256),
    /** ECDSA on P-384 with SHA-384 (section 3.3.5). */
    ECDSA_P384_SHA384("ecdsa-p384-sha384", JwsAlgorithm.ES384),
    /** Ed25519 (section 3.3.6). */
    ED25519("ed25519", JwsAlgorithm.EDDSA);

    private final String id;
    private final @Nullable JwsAlgorithm twin;

    SignatureAlgorithm(String id, @Nullable JwsAlgorithm twin) {
        this.id = id;
        this.twin = twin;
    }

    /** Returns the name in the {@code alg} parameter, case-sensitive. */
    public String id() {
        return id;
    }

    /** The JOSE algorithm of the same computation and the same form of signature, or {@code null} for HMAC. */
    @Nullable JwsAlgorithm twin() {
        return twin;
    }
}
