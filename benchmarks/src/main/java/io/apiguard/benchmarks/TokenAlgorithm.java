package io.apiguard.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** The algorithms that are compared, in the words of JOSE and of the JCA. */
public enum TokenAlgorithm {
    /** RSA of 2048 bits. */
    RS256("RS256", "SHA256withRSA"),
    /** ECDSA on P-256. */
    ES256("ES256", "SHA256withECDSAinP1363Format"),
    /** EdDSA on Ed25519. */
    ED25519("EdDSA", "Ed25519");

    private final String id;
    private final String signature;

    TokenAlgorithm(String id, String signature) {
        this.id = id;
        this.signature = signature;
    }

    /** The {@code alg} of a token. */
    String id() {
        return id;
    }

    /** The name of the JCA, for signatures in the form that JOSE has them in. */
    String signature() {
        return signature;
    }

    KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                switch (this) {
                    case RS256 -> "RSA";
                    case ES256 -> "EC";
                    case ED25519 -> "Ed25519";
                });
        switch (this) {
            case RS256 -> generator.initialize(2048, random);
            case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            case ED25519 -> generator.initialize(255, random);
        }
        return generator.generateKeyPair();
    }

    byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(signature);
        signer.initSign(key);
        signer.update(input);
        return signer.sign();
    }
}
