package io.apiguard.authn.httpsig;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Computes a signature (RFC 9421 section 3.3). */
@FunctionalInterface
interface MessageSigning {

    byte[] sign(byte[] base) throws GeneralSecurityException;

    static MessageSigning of(SignatureAlgorithm algorithm, PrivateKey key) {
        return base -> {
            Signature signature = signature(algorithm);
            signature.initSign(key);
            signature.update(base);
            return signature.sign();
        };
    }

    static MessageSigning of(byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        return base -> HttpSignatureKey.hmac(key, base);
    }

    private static Signature signature(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case RSA_PSS_SHA512 -> pss();
            case RSA_V1_5_SHA256 -> Signature.getInstance("SHA256withRSA");
            case ECDSA_P256_SHA256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case ECDSA_P384_SHA384 -> Signature.getInstance("SHA384withECDSAinP1363Format");
            case ED25519 -> Signature.getInstance("Ed25519");
            case HMAC_SHA256 -> throw new IllegalArgumentException("hmac-sha256 has a secret, not a private key");
        };
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
        return signature;
    }
}
