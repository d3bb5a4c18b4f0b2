package io.apiguard.authn.jose;

import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumMap;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactory;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures through jose4j's algorithm layer, with the rules that we do not leave to a provider around it.
 * Immutable and thread-safe.
 */
public final class SignatureVerifier {

    private final Map<JwsAlgorithm, JsonWebSignatureAlgorithm> algorithms = new EnumMap<>(JwsAlgorithm.class);
    private final ProviderContext context = new ProviderContext();

    /**
     * Makes a verifier.
     *
     * @param provider the name of the security provider to compute with, or {@code null} for the platform's choice
     * @throws IllegalArgumentException if no provider of that name is installed
     */
    public SignatureVerifier(@Nullable String provider) {
        if (provider != null && Security.getProvider(provider) == null) {
            throw new IllegalArgumentException("no security provider '" + provider
                    + "' is installed; install it, or leave the signature provider to the platform");
        }
        context.getSuppliedKeyProviderContext().setSignatureProvider(provider);
        AlgorithmFactory<JsonWebSignatureAlgorithm> factory =
                AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory();
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            algorithms.put(algorithm, algorithm(factory, algorithm));
        }
    }

    private static JsonWebSignatureAlgorithm algorithm(
            AlgorithmFactory<JsonWebSignatureAlgorithm> factory, JwsAlgorithm algorithm) {
        try {
            return factory.getAlgorithm(algorithm.id());
        } catch (JoseException e) {
            throw new IllegalStateException("this Java runtime lacks the signature algorithm " + algorithm.id(), e);
        }
    }

    /**
     * Returns whether the signature is right; false too if key, algorithm and signature do not go together.
     *
     * @param algorithm the algorithm, which the key must be for
     * @param input the bytes signed
     */
    public boolean verify(JwsAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
        JsonWebSignatureAlgorithm computation = algorithms.get(algorithm);
        if (computation == null || !algorithm.suits(key) || !wellFormed(key, signature)) {
            return false;
        }
        try {
            return computation.verifySignature(signature, key, input, context);
        } catch (JoseException e) {
            return false; // its message may hold parts of the token
        }
    }

    private static boolean wellFormed(PublicKey key, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return signature.length == (rsa.getModulus().bitLength() + 7) / 8;
        }
        if (key instanceof ECPublicKey ec) {
            EcCurve curve = EcCurve.of(ec);
            return curve != null && curve.inRange(signature);
        }
        return key instanceof EdECPublicKey ed
                && signature.length == (ed.getParams().getName().equals("Ed448") ? 114 : 64);
    }
}
