package io.apiguard.authn.jose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;

/** Which algorithms the providers have that vectors are run with. */
public final class ProviderAlgorithms {

    private ProviderAlgorithms() {}

    /**
     * Returns the algorithms of a provider, as the log at the start names them; gives the test up where its native code does not load.
     *
     * @param provider a name, or {@code fastest}
     */
    public static Set<String> of(String provider) {
        SignatureVerifier verifier = SignatureVerifierTest.verifier(provider);
        assumeTrue(verifier != null, "skipped: the provider " + provider + " does not load on this machine");
        return verifier.providers().keySet();
    }
}
