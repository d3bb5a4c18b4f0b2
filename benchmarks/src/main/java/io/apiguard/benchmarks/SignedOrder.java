package io.apiguard.benchmarks;

import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.HttpSignatureKey;
import io.apiguard.authn.httpsig.HttpSignatureKeys;
import io.apiguard.authn.httpsig.HttpSignatureResult;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.authn.httpsig.SignerGrant;
import io.apiguard.http.Header;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code GET https://api.example.com/orders/4711} with a signature over method, target and one field (RFC 9421), by a key on
 * P-256, with a nonce. The clock stands still at the moment of the signature.
 */
record SignedOrder(HttpSignatureVerifier verifier, HttpMessage message) {

    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ECDSA_P256_SHA256;
    private static final URI TARGET = URI.create("https://api.example.com/orders/4711");

    static SignedOrder issue() {
        InstantSource clock = InstantSource.fixed(Instant.now());
        try {
            KeyPair pair = TokenAlgorithm.ES256.newKeys(new SecureRandom());
            HttpSignatureKey key = HttpSignatureKey.of(ALGORITHM, pair.getPublic(), SignerGrant.of("shop-web"));
            HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("k1", key)))
                    .replayStore(new ForgetfulReplayStore(clock))
                    .clock(clock)
                    .build();
            HttpMessageSigner signer = HttpMessageSigner.of(ALGORITHM, pair.getPrivate(), "k1")
                    .covering("@method", "@target-uri", "date")
                    .clock(clock)
                    .build();
            return new SignedOrder(verifier, signed(signer));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private static HttpMessage signed(HttpMessageSigner signer) {
        List<Header> fields = new ArrayList<>(List.of(
                new Header("Host", "api.example.com"),
                new Header("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                new Header("Accept", "*/*")));
        fields.addAll(signer.sign(HttpMessage.request("GET", TARGET, fields)));
        return HttpMessage.request("GET", TARGET, fields);
    }

    Object verify() {
        return Outcomes.expect(HttpSignatureResult.Valid.class, verifier.verify(message));
    }
}
