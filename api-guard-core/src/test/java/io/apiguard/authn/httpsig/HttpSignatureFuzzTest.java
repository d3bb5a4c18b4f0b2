package io.apiguard.authn.httpsig;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whatever is presented as a signature is refused, never thrown and never passed, if its key did not make it. */
class HttpSignatureFuzzTest {

    private static final HttpSignatureKey KEY =
            HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(new byte[32], SignerGrant.of("signer"));
    private static final HttpSignatureVerifier VERIFIER = HttpSignatureVerifier.withKeys(keyId -> Optional.of(KEY))
            .components(new SignedComponents(List.of(), false))
            .replaysPermittedUntilExpiry()
            .clock(InstantSource.fixed(Instant.ofEpochSecond(1)))
            .build();

    private static final HttpSignatureVerifier MINE = HttpSignatureVerifier.withKeys(keyId -> Optional.of(KEY))
            .replaysPermittedUntilExpiry()
            .tag("mine")
            .build();
    private static final SecureRandom RANDOM = new SecureRandom();

    @FuzzTest(maxDuration = "10s")
    void verify_anyFields_areRefused(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 3);
        SignedRequest request = SignedRequest.get().with("Signature-Input", parts[0]);
        request = parts.length > 1 ? request.with("Signature", parts[1]) : request.with("Signature", "sig=:AAAA:");
        request = parts.length > 2 ? request.target("/orders", parts[2]) : request;
        HttpSignatureResult result = VERIFIER.verify(request, SignedRequest.arrival());
        if (!(result instanceof HttpSignatureResult.Invalid)) {
            throw new AssertionError("a signature that nobody made");
        }
        if (!VERIFIER.isMeantFor(request) || MINE.accepted(request, RANDOM).isEmpty()) {
            throw new AssertionError("a signature that nobody looks at");
        }
        MINE.isMeantFor(request);
    }
}
