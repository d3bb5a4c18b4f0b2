package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A public key as RFC 7468 section 13 writes it, in the words of a JWK, so that it is judged as any other. */
public final class PublicKeyPem {

    private static final int MAXIMUM_LENGTH = 16 * 1024;

    private static final Pattern FORM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

    private PublicKeyPem() {}

    /**
     * Reads a key.
     *
     * @param pem one block {@code PUBLIC KEY} and nothing else
     * @return the members of its JWK, without {@code kid} and {@code alg}
     * @throws Malformed if it is none, or of a type that signatures are not checked with
     */
    public static Map<String, Object> members(String pem) {
        PublicKey key = key(encoded(pem));
        if (key instanceof RSAPublicKey rsa) {
            return rsa(rsa);
        }
        return key instanceof ECPublicKey ec ? ec(ec) : edwards((EdECPublicKey) key);
    }

    private static byte[] encoded(String pem) {
        Matcher form = FORM.matcher(pem);
        if (pem.length() > MAXIMUM_LENGTH || !form.matches()) {
            throw new Malformed("it is not one block of PEM that begins with -----BEGIN PUBLIC KEY-----");
        }
        try {
            return Base64.getDecoder().decode(form.group(1).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new Malformed("what the PEM block holds is not base64");
        }
    }

    private static PublicKey key(byte[] encoded) {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            PublicKey key = key(type, encoded);
            if (key != null) {
                return key;
            }
        }
        throw new Malformed("what the PEM block holds is no RSA, EC or EdDSA key");
    }

    private static @Nullable PublicKey key(String type, byte[] encoded) {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static Map<String, Object> rsa(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        return jwk("kty", "RSA", "n", octets(modulus, bytes(modulus)), "e", octets(exponent, bytes(exponent)));
    }

    private static Map<String, Object> ec(ECPublicKey key) {
        EcCurve curve = EcCurve.of(key);
        if (curve == null) {
            throw new Malformed("an EC key on an unknown curve");
        }
        String x = octets(key.getW().getAffineX(), curve.size());
        return jwk(
                "kty", "EC", "crv", curve.id(), "x", x, "y", octets(key.getW().getAffineY(), curve.size()));
    }

    /** RFC 8410 section 4: the key is the last part of its encoding, as it stands. */
    private static Map<String, Object> edwards(EdECPublicKey key) {
        EdwardsCurve curve = EdwardsCurve.of(key.getParams().getName());
        if (curve == null) {
            throw new Malformed("an OKP key on a curve that is not for signatures");
        }
        byte[] encoded = key.getEncoded();
        byte[] last = Arrays.copyOfRange(encoded, encoded.length - curve.size(), encoded.length);
        return jwk("kty", "OKP", "crv", key.getParams().getName(), "x", Base64Url.encode(last));
    }

    private static int bytes(BigInteger number) {
        return (number.bitLength() + 7) / 8;
    }

    /** The number in so many octets, the most significant first. */
    private static String octets(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] octets = new byte[length];
        int count = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - count, octets, length - count, count);
        return Base64Url.encode(octets);
    }

    private static Map<String, Object> jwk(String... members) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            jwk.put(members[i], members[i + 1]);
        }
        return jwk;
    }
}
