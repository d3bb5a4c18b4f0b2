package io.apiguard.examples.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes the tokens that an authorization server would not: some with its own key, the others without. */
final class Forger {

    private final RSAKey key;
    private final RSAKey foreign;
    private final String issuer;

    Forger(RSAKey key, String issuer) {
        this.key = key;
        this.issuer = issuer;
        try {
            this.foreign = new RSAKeyGenerator(2048).keyID("made-up").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String expired() {
        Instant issued = Instant.now().minus(Duration.ofHours(2));
        return signed(claims -> claims.issueTime(Date.from(issued))
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofHours(1)))));
    }

    String ofAnotherIssuer() {
        return signed(claims -> claims.issuer("https://id.example.com"));
    }

    /** What OpenID Connect gives a browser application to learn who signed in, with our audience on top. */
    String idToken() {
        return signed(
                claims -> claims.claim("azp", "orders").claim("nonce", "n-0S6").claim("auth_time", 1_700_000_000));
    }

    String withoutSignature() {
        return new PlainJWT(claims().build()).serialize();
    }

    /** CVE-2015-9235: the public key, taken for an HMAC secret. */
    String confusingTheAlgorithm() {
        try {
            byte[] secret = key.toRSAPublicKey().getEncoded();
            return sign(JWSAlgorithm.HS256, key.getKeyID(), new MACSigner(secret), claims());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String byAForeignKey(boolean underTheKnownId) {
        String id = underTheKnownId ? key.getKeyID() : foreign.getKeyID();
        return sign(JWSAlgorithm.RS256, id, signer(foreign), claims());
    }

    /** A good token whose payload names somebody else. */
    static String tampered(String token, String subject, String other) {
        String[] parts = token.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        byte[] changed = payload.replace('"' + subject + '"', '"' + other + '"').getBytes(StandardCharsets.UTF_8);
        return parts[0] + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(changed) + '.' + parts[2];
    }

    private String signed(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        return sign(JWSAlgorithm.RS256, key.getKeyID(), signer(key), claims);
    }

    private JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("alice")
                .audience("orders")
                .claim("scope", List.of("orders:read", "orders:write"))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                .jwtID(UUID.randomUUID().toString());
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(JWSAlgorithm algorithm, String id, JWSSigner signer, JWTClaimsSet.Builder claims) {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
