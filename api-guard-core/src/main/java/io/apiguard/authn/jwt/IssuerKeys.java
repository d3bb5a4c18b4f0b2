package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import java.util.Map;

/** What an issuer signs its tokens with: keys of which we have the public half, or secrets that we share. */
sealed interface IssuerKeys permits PublicIssuerKeys, SharedIssuerSecrets {

    /**
     * Finds out whether the issuer signed a token: {@link KeyLookup.Found} if it did, {@link KeyLookup.Unavailable} if
     * that cannot be known now.
     *
     * @throws RefusedToken if it did not
     */
    KeyLookup check(CompactJws jws);

    /** Which provider checks which algorithm; empty where no signature of a public key is checked. */
    Map<String, String> signatureProviders();

    /** A number that changes whenever a key is withdrawn. */
    long generation();

    void warmUp(WhenUnreachable choice);

    /** Closes the source of keys if it was made for this verifier alone. */
    void close();
}
