package io.apiguard.authn.jose;

import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures through the JCA, with the rules that we do not leave to a provider around it. Takes the Amazon
 * Corretto Crypto Provider or Conscrypt where it is on the class path, for each algorithm that it has, else the
 * platform's; nothing is installed. Immutable but for prepared keys, and thread-safe.
 */
public final class SignatureVerifier {

    /** The name that stands for the platform's own choice of provider, even if a faster one is on the class path. */
    public static final String PLATFORM = SignatureProviders.PLATFORM;

    private final Map<SignatureScheme, SignatureComputation> computations = new EnumMap<>(SignatureScheme.class);

    /**
     * Makes a verifier.
     *
     * @param provider the name of the one security provider to compute with, installed or on the class path, whose
     *     missing algorithms then are missing; {@link #PLATFORM} for the platform's choice; {@code null} for the
     *     fastest that there is
     * @throws IllegalArgumentException if there is no provider of that name
     */
    public SignatureVerifier(@Nullable String provider) {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            SignatureComputation computation = computation(scheme, provider);
            if (computation != null) {
                computations.put(scheme, computation);
            }
        }
    }

    private static @Nullable SignatureComputation computation(SignatureScheme scheme, @Nullable String provider) {
        if (provider == null) {
            return fastest(scheme, SignatureProviders.accelerated());
        }
        return provider.equals(PLATFORM)
                ? SignatureComputation.platform(scheme)
                : SignatureComputation.of(scheme, SignatureProviders.named(provider), null);
    }

    private static @Nullable SignatureComputation fastest(SignatureScheme scheme, List<Provider> accelerated) {
        SignatureComputation platform = SignatureComputation.platform(scheme);
        for (Provider provider : accelerated) {
            SignatureComputation computation = SignatureComputation.of(scheme, provider, platform);
            if (computation != null) {
                return computation;
            }
        }
        return platform;
    }

    /** Returns which provider computes which algorithm, with its version, for the log at start-up. */
    public Map<String, String> providers() {
        Map<String, String> providers = new LinkedHashMap<>();
        computations.forEach((scheme, computation) -> providers.put(scheme.id(), computation.providerName()));
        return Collections.unmodifiableMap(providers);
    }

    /**
     * Returns whether the signature is right; false too if key, algorithm and signature do not go together.
     *
     * @param algorithm the algorithm, which the key must be for
     * @param input the bytes signed
     */
    public boolean verify(JwsAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
        SignatureScheme scheme = SignatureScheme.of(algorithm, key);
        SignatureComputation computation = scheme == null ? null : computations.get(scheme);
        return computation != null && wellFormed(key, signature) && computation.verify(key, input, signature);
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
