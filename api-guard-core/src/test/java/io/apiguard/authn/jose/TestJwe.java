package io.apiguard.authn.jose;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key pair that tokens are encrypted for, by jose4j, so that our code is held against something else. */
final class TestJwe {

    private final PublicJsonWebKey key;

    private TestJwe(PublicJsonWebKey key, String kid) {
        this.key = key;
        key.setKeyId(kid);
    }

    static TestJwe of(String kind, String kid) {
        try {
            return new TestJwe(
                    switch (kind) {
                        case "P-256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                        case "P-384" -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
                        case "P-521" -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
                        case "X25519" -> OkpJwkGenerator.generateJwk(kind);
                        default -> RsaJwkGenerator.generateJwk(2048);
                    },
                    kid);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** The members of the private key. */
    Map<String, Object> jwk() {
        return new LinkedHashMap<>(key.toParams(OutputControlLevel.INCLUDE_PRIVATE));
    }

    DecryptionKey decryptionKey() {
        return DecryptionKey.of(jwk());
    }

    String encrypt(String alg, String enc, String plaintext) {
        return encrypt(alg, enc, plaintext, Map.of("cty", "JWT", "kid", String.valueOf(key.getKeyId())));
    }

    String encrypt(String alg, String enc, String plaintext, Map<String, String> header) {
        try {
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setAlgorithmHeaderValue(alg);
            jwe.setEncryptionMethodHeaderParameter(enc);
            header.forEach(jwe::setHeader);
            jwe.setKey(key.getPublicKey());
            jwe.setPlaintext(plaintext);
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
