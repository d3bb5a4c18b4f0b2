package io.apiguard.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * What the check of a token cannot do without: the JCA, with everything else done beforehand. The key is in the provider's own
 * form, and the token is cut up and decoded.
 */
record RawSignature(String name, Provider provider, PublicKey key, byte[] input, byte[] value) {

    static RawSignature of(SignedToken token, CryptoProvider choice) {
        int dot = token.text().lastIndexOf('.');
        byte[] input = token.text().substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        byte[] value = Base64.getUrlDecoder().decode(token.text().substring(dot + 1));
        try {
            Provider provider = choice.provider(token.algorithm());
            PublicKey key = CryptoProvider.own(token.key(), provider);
            return new RawSignature(token.algorithm().signature(), provider, key, input, value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + token.algorithm(), e);
        }
    }

    boolean verify() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(name, provider);
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(value);
    }
}
