package io.apiguard.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * An access token by RFC 9068 with thirteen claims, and what verifies it.
 *
 * @param algorithm what it is signed with
 * @param text the token in compact form
 * @param key the public key
 * @param jwkSet the public key as a JWK set
 */
record SignedToken(TokenAlgorithm algorithm, String text, PublicKey key, String jwkSet) {

    static final String ISSUER = "https://id.example.com";
    static final String AUDIENCE = "orders";
    static final String SCOPE = "orders:read";
    static final String CLIENT = "shop-web";

    static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"RS256\",\"kid\":\"k1\"}";

    /** Signs a token that is good for an hour, with a fresh RSA key. */
    static SignedToken issue() {
        return issue(TokenAlgorithm.RS256);
    }

    /** Signs a token that is good for an hour, with a fresh key. */
    static SignedToken issue(TokenAlgorithm algorithm) {
        return issue(algorithm, new SecureRandom());
    }

    /** Signs a token that is good for an hour, with a key that is the same in every process. */
    static SignedToken issueWithFixedKey(TokenAlgorithm algorithm) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(9421);
            return issue(algorithm, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA1PRNG", e);
        }
    }

    private static SignedToken issue(TokenAlgorithm algorithm, SecureRandom random) {
        try {
            KeyPair pair = algorithm.newKeys(random);
            String header = HEADER.replace("RS256", algorithm.id());
            String input = base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims(Instant.now()));
            byte[] signature = algorithm.sign(pair.getPrivate(), input.getBytes(StandardCharsets.US_ASCII));
            String text = input + "." + base64(signature);
            return new SignedToken(algorithm, text, pair.getPublic(), jwkSet(pair.getPublic(), algorithm));
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] claims(Instant now) {
        String json = """
                {"iss":"%s","sub":"0b1d7a52-6a3f-4f6e-9a55-3f1f6a1e2c77","aud":["%s","billing"],"exp":%d,"iat":%d,"nbf":%d,
                "jti":"5f0c9c1e-0c55-4f0e-8a42-7d1f0e1b9a11","client_id":"%s","scope":"%s orders:write profile",
                "roles":["customer"],"tenant":"acme","auth_time":%d,"acr":"urn:mace:incommon:iap:silver"}""".formatted(
                        ISSUER,
                        AUDIENCE,
                        now.getEpochSecond() + 3600,
                        now.getEpochSecond(),
                        now.getEpochSecond(),
                        CLIENT,
                        SCOPE,
                        now.getEpochSecond() - 60);
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String jwkSet(PublicKey key, TokenAlgorithm algorithm) throws JoseException {
        PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
        jwk.setKeyId("k1");
        jwk.setAlgorithm(algorithm.id());
        jwk.setUse("sig");
        return new JsonWebKeySet(jwk).toJson();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
