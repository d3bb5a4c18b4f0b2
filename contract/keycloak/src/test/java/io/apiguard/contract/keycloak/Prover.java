package io.apiguard.contract.keycloak;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A client that holds a key and proves it (RFC 9449 section 4.2). */
final class Prover {

    private final EllipticCurveJsonWebKey key;

    Prover() throws JoseException {
        key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    }

    /** {@return the SHA-256 thumbprint of the key (RFC 7638), base64url} */
    String thumbprint() {
        return key.calculateBase64urlEncodedThumbprint("SHA-256");
    }

    /** {@return a proof for one request, with the hash of the token that it presents} */
    String proof(String method, String uri, @Nullable String accessToken) throws JoseException {
        Map<String, Object> claims = new HashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", uri);
        claims.put("iat", Instant.now().getEpochSecond());
        if (accessToken != null) {
            claims.put("ath", hash(accessToken));
        }
        JsonWebSignature proof = new JsonWebSignature();
        proof.setHeader("typ", "dpop+jwt");
        proof.setAlgorithmHeaderValue("ES256");
        proof.getHeaders().setJwkHeaderValue("jwk", key);
        proof.setPayload(JsonUtil.toJson(claims));
        proof.setKey(key.getPrivateKey());
        return proof.getCompactSerialization();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
