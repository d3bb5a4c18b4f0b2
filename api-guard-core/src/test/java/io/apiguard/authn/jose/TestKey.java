package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;

/**
 * A key pair of an issuer, which signs by the JDK alone, so that our code and jose4j are held against something else.
 */
public final class TestKey {

    private final String kid;
    private final JwsAlgorithm algorithm;
    private final KeyPair pair;

    private TestKey(String kid, JwsAlgorithm algorithm, KeyPair pair) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.pair = pair;
    }

    public static TestKey of(String kid, JwsAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> generate(kid, algorithm, "EC", new ECGenParameterSpec("secp256r1"));
            case ES384 -> generate(kid, algorithm, "EC", new ECGenParameterSpec("secp384r1"));
            case ES512 -> generate(kid, algorithm, "EC", new ECGenParameterSpec("secp521r1"));
            case EDDSA -> generate(kid, algorithm, "EdDSA", NamedParameterSpec.ED25519);
            default -> generate(kid, algorithm, "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        };
    }

    public static TestKey ed448(String kid) {
        return generate(kid, JwsAlgorithm.EDDSA, "EdDSA", NamedParameterSpec.ED448);
    }

    public static TestKey rsa(String kid, int bits, long exponent) {
        return generate(kid, JwsAlgorithm.RS256, "RSA", new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
    }

    private static TestKey generate(String kid, JwsAlgorithm algorithm, String type, AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(spec);
            return new TestKey(kid, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same key under another id. */
    public TestKey as(String otherKid) {
        return new TestKey(otherKid, algorithm, pair);
    }

    /** The same key for another algorithm. */
    public TestKey with(JwsAlgorithm other) {
        return new TestKey(kid, other, pair);
    }

    public KeyPair pair() {
        return pair;
    }

    public String kid() {
        return kid;
    }

    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** The public key as a JWK, with id, use and algorithm. */
    public String jwk() {
        return "{\"kid\":\"" + kid + "\",\"use\":\"sig\",\"alg\":\"" + algorithm.id() + "\"," + members() + "}";
    }

    /** The public key as a JWK, with its id alone. */
    public String bareJwk() {
        return "{\"kid\":\"" + kid + "\"," + members() + "}";
    }

    /** What makes the key, without id and purpose. */
    public String members() {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"" + number(rsa.getModulus()) + "\",\"e\":\""
                    + number(rsa.getPublicExponent()) + "\"";
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            int size = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
            return "\"kty\":\"EC\",\"crv\":\"P-"
                    + ec.getParams().getCurve().getField().getFieldSize() + "\",\"x\":\""
                    + fixed(ec.getW().getAffineX(), size) + "\",\"y\":\""
                    + fixed(ec.getW().getAffineY(), size) + "\"";
        }
        EdECPublicKey ed = (EdECPublicKey) pair.getPublic();
        byte[] encoded = ed.getEncoded();
        int size = ed.getParams().getName().equals("Ed448") ? 57 : 32;
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - size, encoded.length);
        return "\"kty\":\"OKP\",\"crv\":\"" + ed.getParams().getName() + "\",\"x\":\"" + Base64Url.encode(x) + "\"";
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64Url.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    public static String fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[size];
        int length = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
        return Base64Url.encode(fixed);
    }

    public static String set(TestKey... keys) {
        return "{\"keys\":["
                + String.join(",", Arrays.stream(keys).map(TestKey::jwk).toList()) + "]}";
    }

    public static String setOf(String... jwks) {
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    /** A token with the given header and payload. */
    public String sign(String header, String payload) {
        return sign(header, payload.getBytes(StandardCharsets.UTF_8));
    }

    public String sign(String header, byte[] payload) {
        String input = Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + "." + Base64Url.encode(payload);
        return input + "." + Base64Url.encode(signature(input.getBytes(StandardCharsets.US_ASCII)));
    }

    public byte[] signature(byte[] input) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case RS256 -> "SHA256withRSA";
                        case RS384 -> "SHA384withRSA";
                        case RS512 -> "SHA512withRSA";
                        case PS256, PS384, PS512 -> "RSASSA-PSS";
                        case ES256 -> "SHA256withECDSAinP1363Format";
                        case ES384 -> "SHA384withECDSAinP1363Format";
                        case ES512 -> "SHA512withECDSAinP1363Format";
                        case EDDSA -> "EdDSA";
                    });
            if (algorithm.name().startsWith("PS")) {
                String hash = "SHA-" + algorithm.name().substring(2);
                int salt = Integer.parseInt(algorithm.name().substring(2)) / 8;
                signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
