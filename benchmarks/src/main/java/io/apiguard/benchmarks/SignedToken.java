package io.apiguard.benchmarks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * An access token by RFC 9068 with thirteen claims, signed by a fresh RSA key of 2048 bits, and what verifies it.
 *
 * @param text the token in compact form
 * @param key the public key
 * @param jwkSet the public key as a JWK set
 */
record SignedToken(String text, RSAPublicKey key, String jwkSet) {

    static final String ISSUER = "https://id.example.com";
    static final String AUDIENCE = "orders";
    static final String SCOPE = "orders:read";
    static final String CLIENT = "shop-web";

    static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"RS256\",\"kid\":\"k1\"}";

    /** Signs a token that is good for an hour. */
    static SignedToken issue() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            String input = base64(HEADER.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims(Instant.now()));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            return new SignedToken(input + "." + base64(signature.sign()), key, jwkSet(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
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

    private static String jwkSet(RSAPublicKey key) {
        return """
                {"keys":[{"kty":"RSA","kid":"k1","alg":"RS256","use":"sig","n":"%s","e":"%s"}]}""".formatted(base64(unsigned(key.getModulus())), base64(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
