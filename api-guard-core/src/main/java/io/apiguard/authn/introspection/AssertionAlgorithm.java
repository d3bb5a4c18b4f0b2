package io.apiguard.authn.introspection;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** What a client assertion is signed with (RFC 7518 section 3.1, RFC 8037 section 3.1). */
public enum AssertionAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256; RSA keys of at least 2048 bits. */
    RS256("RS256", "SHA256withRSA"),
    /** RSASSA-PSS with SHA-256; RSA keys of at least 2048 bits. */
    PS256("PS256", "RSASSA-PSS"),
    /** ECDSA with SHA-256; keys on the curve P-256. */
    ES256("ES256", "SHA256withECDSAinP1363Format"),
    /** Ed25519 or Ed448. */
    EDDSA("EdDSA", "EdDSA");

    private static final int MINIMUM_RSA_BITS = 2048;

    private final String id;
    private final String signature;

    AssertionAlgorithm(String id, String signature) {
        this.id = id;
        this.signature = signature;
    }

    /** Returns the name in the {@code alg} parameter. */
    public String id() {
        return id;
    }

    void check(PrivateKey key) {
        boolean suits =
                switch (this) {
                    case RS256, PS256 ->
                        key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= MINIMUM_RSA_BITS;
                    case ES256 ->
                        key instanceof ECKey ec
                                && ec.getParams().getCurve().getField().getFieldSize() == 256;
                    case EDDSA -> key instanceof EdECKey;
                };
        if (!suits) {
            throw new IllegalArgumentException("the private key is not for " + id
                    + " (RSA of at least 2048 bits, P-256, or Ed25519); choose the algorithm that the key is for");
        }
    }

    byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature computation = Signature.getInstance(signature);
        if (this == PS256) {
            computation.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        computation.initSign(key);
        computation.update(input);
        return computation.sign();
    }
}
