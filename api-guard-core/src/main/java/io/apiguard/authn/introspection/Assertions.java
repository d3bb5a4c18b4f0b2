package io.apiguard.authn.introspection;

import io.apiguard.authn.jose.Base64Url;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/** Makes client assertions (RFC 7523 section 3): for one use, and for no longer than a call takes. */
final class Assertions {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final int ID_BYTES = 16;

    private final SecureRandom random;
    private final InstantSource clock;

    Assertions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    String sign(String clientId, URI audience, PrivateKey key, String keyId, AssertionAlgorithm algorithm) {
        Instant now = clock.instant();
        String header = JsonUtil.toJson(Map.of("alg", algorithm.id(), "typ", "JWT", "kid", keyId));
        String claims = JsonUtil.toJson(Map.of(
                "iss", clientId,
                "sub", clientId,
                "aud", audience.toString(),
                "jti", id(),
                "iat", now.getEpochSecond(),
                "exp", now.plus(LIFETIME).getEpochSecond()));
        String input = part(header) + "." + part(claims);
        return input + "." + signature(key, algorithm, input);
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static String part(String json) {
        return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(PrivateKey key, AssertionAlgorithm algorithm, String input) {
        try {
            return Base64Url.encode(algorithm.sign(key, input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the client assertion cannot be signed with " + algorithm.id(), e);
        }
    }
}
