package io.apiguard.contract;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs tokens, and its public half as a JWK (RFC 7517, RFC 7518, RFC 8037). Signs with the JDK alone. */
public final class SigningKey {

    private final String id;
    private final String algorithm;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final byte[] hmacKey;

    private SigningKey(String id, String algorithm, KeyPair pair, byte[] hmacKey) {
        this.id = id;
        this.algorithm = algorithm;
        this.privateKey = pair.getPrivate();
        this.publicKey = pair.getPublic();
        this.hmacKey = hmacKey;
    }

    /** Makes a key for RS256, PS256, ES256 or EdDSA. */
    static SigningKey generate(String id, String algorithm) {
        try {
            return new SigningKey(id, algorithm, generator(algorithm).generateKeyPair(), new byte[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator generator(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator;
        switch (algorithm) {
            case "RS256", "PS256" -> {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
            }
            case "ES256" -> {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            case "EdDSA" -> generator = KeyPairGenerator.getInstance("Ed25519");
            default -> throw new IllegalArgumentException(algorithm);
        }
        return generator;
    }

    /** Misuses the public key as an HMAC secret (CVE-2015-9235): the bytes of its PEM form, or of its DER form. */
    SigningKey asHmacSecret(boolean pem) {
        byte[] der = publicKey.getEncoded();
        String text = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        byte[] secret = pem ? text.getBytes(StandardCharsets.US_ASCII) : der;
        return new SigningKey(id, "HS256", new KeyPair(publicKey, privateKey), secret);
    }

    /** The same key for another algorithm of its family. */
    SigningKey as(String otherAlgorithm) {
        return new SigningKey(id, otherAlgorithm, new KeyPair(publicKey, privateKey), hmacKey);
    }

    String id() {
        return id;
    }

    String algorithm() {
        return algorithm;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    byte[] sign(byte[] input) {
        try {
            if (algorithm.equals("HS256")) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(hmacKey, "HmacSHA256"));
                return mac.doFinal(input);
            }
            Signature signature = signature();
            signature.initSign(privateKey);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        switch (algorithm) {
            case "RS256":
                return Signature.getInstance("SHA256withRSA");
            case "RS512":
                return Signature.getInstance("SHA512withRSA");
            case "ES256":
                return Signature.getInstance("SHA256withECDSAinP1363Format");
            case "EdDSA":
                return Signature.getInstance("Ed25519");
            default:
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                return pss;
        }
    }

    /** {@return the public half as a JWK} */
    Map<String, Object> jwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kid", id);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm);
        if (publicKey instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA");
            jwk.put("n", unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
            jwk.put("e", unsigned(rsa.getPublicExponent(), 3));
        } else if (publicKey instanceof ECPublicKey ec) {
            jwk.put("kty", "EC");
            jwk.put("crv", "P-256");
            jwk.put("x", unsigned(ec.getW().getAffineX(), 32));
            jwk.put("y", unsigned(ec.getW().getAffineY(), 32));
        } else {
            byte[] encoded = publicKey.getEncoded();
            jwk.put("kty", "OKP");
            jwk.put("crv", "Ed25519");
            jwk.put("x", base64url(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        }
        return jwk;
    }

    /** {@return what a key is named by that a token is bound to (RFC 7638)} */
    String thumbprint() {
        Map<String, Object> members = new TreeMap<>(jwk());
        members.keySet().removeAll(Set.of("kid", "use", "alg"));
        return base64url(sha256(Json.write(members)));
    }

    /** {@return the hash by which a proof names its token (RFC 9449 section 4.2)} */
    static String hash(String text) {
        return base64url(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[length];
        int count = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - count, bytes, length - count, count);
        return base64url(bytes);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
