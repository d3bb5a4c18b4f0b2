package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.HmacAlgorithm;
import io.apiguard.authn.jose.HmacKeys;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.util.List;
import java.util.Map;

/** Secrets that an issuer shares with us; no public key is taken beside them, and no secret beside public keys. */
final class SharedIssuerSecrets implements IssuerKeys {

    private final HmacKeys secrets;

    SharedIssuerSecrets(HmacKeys secrets) {
        this.secrets = secrets;
    }

    @Override
    public KeyLookup check(CompactJws jws) {
        if (HmacAlgorithm.of(jws.algorithm()) == null) {
            throw new RefusedToken(Reason.ALGORITHM, "its algorithm is none of " + List.of(HmacAlgorithm.values()));
        }
        if (!secrets.verify(jws)) {
            throw new RefusedToken(Reason.SIGNATURE, "the signature is wrong");
        }
        return new KeyLookup.Found(List.of(), generation());
    }

    @Override
    public Map<String, String> signatureProviders() {
        return Map.of();
    }

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public void warmUp(WhenUnreachable choice) {}

    @Override
    public void close() {}
}
