package io.apiguard.authn.httpsig;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is presented as a signature is refused, never thrown and never passed, if its key did not make it. */
class HttpSignatureFuzzTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DIGEST = digest("SHA-256");
    private static final byte[] OTHER_DIGEST = digest("SHA-512");
    private static final Pattern BYTE_SEQUENCE = Pattern.compile(":([A-Za-z0-9+/=]*)(?=:)");

    /** By itself, for no record may be loaded before Jazzer is there: JDK 17 cannot instrument a loaded one. */
    private static final class Given {
        static final HttpSignatureKey KEY =
                HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(new byte[32], SignerGrant.of("signer"));
        static final HttpSignatureVerifier VERIFIER = HttpSignatureVerifier.withKeys(keyId -> Optional.of(KEY))
                .components(new SignedComponents(List.of(), false))
                .replaysPermittedUntilExpiry()
                .clock(InstantSource.fixed(Instant.ofEpochSecond(1)))
                .build();
        static final HttpSignatureVerifier MINE = HttpSignatureVerifier.withKeys(keyId -> Optional.of(KEY))
                .replaysPermittedUntilExpiry()
                .tag("mine")
                .build();
        static final SecureRandom RANDOM = new SecureRandom();
    }

    @MethodSource("fields")
    @FuzzTest(maxDuration = "60s")
    void verify_anyFields_areRefused(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 3);
        SignedRequest request = SignedRequest.get().with("Signature-Input", parts[0]);
        request = parts.length > 1 ? request.with("Signature", parts[1]) : request.with("Signature", "sig=:AAAA:");
        request = parts.length > 2 ? request.target("/orders", parts[2]) : request;
        HttpSignatureResult result = Given.VERIFIER.verify(request, SignedRequest.arrival());
        if (!(result instanceof HttpSignatureResult.Invalid)) {
            throw new AssertionError("a signature that nobody made");
        }
        if (!Given.VERIFIER.isMeantFor(request)
                || Given.MINE.accepted(request, Given.RANDOM).isEmpty()) {
            throw new AssertionError("a signature that nobody looks at");
        }
        Given.MINE.isMeantFor(request);
    }

    @MethodSource("digests")
    @FuzzTest(maxDuration = "60s")
    void verify_anyDigest_matchesOnlyTheBody(byte[] bytes) {
        List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
        if (ContentDigest.verify(lines, BODY) == ContentDigest.Result.MATCH
                && lines.stream().noneMatch(HttpSignatureFuzzTest::hasDigest)) {
            throw new AssertionError("a digest of something else");
        }
    }

    /** Bits beyond the last byte do not matter (RFC 9651 section 4.2.7). */
    private static boolean hasDigest(String line) {
        return BYTE_SEQUENCE
                .matcher(line)
                .results()
                .map(found -> found.group(1))
                .anyMatch(text -> {
                    try {
                        byte[] decoded = Base64.getDecoder().decode(text);
                        return Arrays.equals(decoded, DIGEST) || Arrays.equals(decoded, OTHER_DIGEST);
                    } catch (IllegalArgumentException e) {
                        return false;
                    }
                });
    }

    private static byte[] digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(BODY);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<byte[]> fields() {
        return Stream.of(
                        "sig=(\"@method\" \"@authority\" \"@path\" \"@query\");created=1;keyid=\"k\";alg=\"hmac-sha256\"\nsig=:AAAA:\na=b",
                        "sig=(\"@target-uri\" \"content-digest\";sf \"x\";key=\"a\" \"@query-param\";name=\"a\");created=1;expires=9"
                                + ";nonce=\"n\";tag=\"t\";keyid=\"k\"\nsig=:" + "A".repeat(44) + ":\na=%20b&c",
                        "a=(), sig=(\"@method\";req);created=0\na=:AA==:, sig=:AAAA:")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<byte[]> digests() {
        return Stream.of(
                        "sha-256=:" + Base64.getEncoder().encodeToString(DIGEST) + ":",
                        "sha-512=:AAAA:, md5=:AA==:",
                        "sha-256=:AAAA:\nsha-512=?1")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
