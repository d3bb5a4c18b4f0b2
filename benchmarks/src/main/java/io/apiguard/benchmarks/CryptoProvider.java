package io.apiguard.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;

/** Who computes signatures. */
public enum CryptoProvider {
    /** What API Guard takes by itself: Amazon Corretto Crypto Provider where it is on the class path and loads. */
    FASTEST,
    /** What the JDK takes by itself, and with it every peer. */
    PLATFORM;

    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** Returns who computes a scheme. */
    Provider provider(TokenAlgorithm algorithm) throws GeneralSecurityException {
        if (this == FASTEST) {
            try {
                Provider corretto =
                        (Provider) Class.forName(CORRETTO).getConstructor().newInstance();
                if (corretto.getService("Signature", algorithm.signature()) != null) {
                    return corretto;
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                return PLATFORM.provider(algorithm);
            }
        }
        return Signature.getInstance(algorithm.signature()).getProvider();
    }

    /** Returns the key in the form that costs a provider least. */
    static PublicKey own(PublicKey key, Provider provider) throws GeneralSecurityException {
        boolean translates = provider.getService("KeyFactory", key.getAlgorithm()) != null;
        return translates
                ? (PublicKey)
                        KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key)
                : key;
    }
}
