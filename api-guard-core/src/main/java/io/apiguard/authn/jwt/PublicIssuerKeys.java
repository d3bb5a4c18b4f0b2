package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An issuer's public keys, out of a source that may be one of our own. */
final class PublicIssuerKeys implements IssuerKeys {

    /** How many keys are tried on a token without a key id: each costs the check of a signature. */
    private static final int MAXIMUM_TRIES = 4;

    private final JwkSource keys;
    private final boolean ownKeys;
    private final Set<JwsAlgorithm> algorithms;
    private final SignatureVerifier signatures;

    PublicIssuerKeys(JwkSource keys, boolean ownKeys, Set<JwsAlgorithm> algorithms, SignatureVerifier signatures) {
        this.keys = keys;
        this.ownKeys = ownKeys;
        this.algorithms = Set.copyOf(algorithms);
        this.signatures = signatures;
    }

    @Override
    public KeyLookup check(CompactJws jws) {
        JwsAlgorithm algorithm = JwsAlgorithm.of(jws.algorithm());
        if (algorithm == null || !algorithms.contains(algorithm)) {
            throw new RefusedToken(Reason.ALGORITHM, "its algorithm is none of " + algorithms);
        }
        return signed(jws, algorithm);
    }

    /**
     * Finds the keys of a token and checks its signature with them. A token without a key id names no key that could be
     * unknown, so that it is its signature that may tell of a new one.
     */
    private KeyLookup signed(CompactJws jws, JwsAlgorithm algorithm) {
        KeyLookup lookup = keys.find(jws.keyId(), algorithm);
        RefusedToken fault = fault(jws, algorithm, lookup);
        KeyLookup newer = fault != null && jws.keyId() == null ? keys.fetchAgain(algorithm) : null;
        if (newer != null) {
            lookup = newer;
            fault = fault(jws, algorithm, newer);
        }
        if (fault != null) {
            throw fault;
        }
        return lookup;
    }

    private @Nullable RefusedToken fault(CompactJws jws, JwsAlgorithm algorithm, KeyLookup lookup) {
        if (lookup instanceof KeyLookup.Found found) {
            return signatureFault(jws, algorithm, found.keys());
        }
        return lookup instanceof KeyLookup.Unavailable
                ? null
                : new RefusedToken(Reason.UNKNOWN_KEY, "the issuer has no key of its 'kid'");
    }

    private @Nullable RefusedToken signatureFault(CompactJws jws, JwsAlgorithm algorithm, List<Jwk> candidates) {
        if (candidates.isEmpty()) {
            return new RefusedToken(Reason.ALGORITHM, "the issuer's key is not for " + algorithm.id());
        }
        if (candidates.size() > MAXIMUM_TRIES) {
            return new RefusedToken(
                    Reason.UNKNOWN_KEY, "has no 'kid', and the issuer has many keys for " + algorithm.id());
        }
        for (Jwk key : candidates) {
            if (signatures.verify(algorithm, key.key(), jws.signingInput(), jws.signature())) {
                return null;
            }
        }
        return new RefusedToken(Reason.SIGNATURE, "the signature is wrong");
    }

    @Override
    public Map<String, String> signatureProviders() {
        return signatures.providers();
    }

    @Override
    public long generation() {
        return keys.generation();
    }

    @Override
    public void warmUp(WhenUnreachable choice) {
        keys.warmUp(choice);
    }

    @Override
    public void close() {
        if (ownKeys) {
            keys.close();
        }
    }
}
