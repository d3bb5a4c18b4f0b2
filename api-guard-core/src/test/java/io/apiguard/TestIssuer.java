package io.apiguard;

import io.apiguard.authn.jwt.JwkSource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An issuer in memory that signs RFC 9068 access tokens. */
final class TestIssuer {

    static final String ISSUER = "https://id.example.com";

    private final RsaJsonWebKey key;

    TestIssuer() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("k1");
            key.setAlgorithm("RS256");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    JwkSource keys() {
        return JwkSource.of(jwks());
    }

    String jwks() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    String token(Instant now, String subject, List<String> scopes, List<String> roles) {
        return token(now, subject, claims -> {
            claims.setStringClaim("scope", String.join(" ", scopes));
            claims.setStringListClaim("roles", roles);
        });
    }

    /** A token without scopes and roles, right in all that the changes do not touch. */
    String token(Instant now, String subject, Consumer<JwtClaims> changes) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(subject);
        claims.setAudience("orders");
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + 300));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringClaim("client_id", "web");
        changes.accept(claims);
        JsonWebSignature jws = new JsonWebSignature();
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setAlgorithmHeaderValue("RS256");
        jws.setHeader("typ", "at+jwt");
        jws.setPayload(claims.toJson());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
