package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sound public key out of the members of a JWK, whatever it is for.
 *
 * @param key the key
 * @param canonical the JSON text that RFC 7638 section 3 makes of it
 */
record KeyMaterial(PublicKey key, String canonical) {

    private static final int MINIMUM_RSA_BITS = 2048;
    private static final int MAXIMUM_RSA_BITS = 8192;
    private static final int MAXIMUM_EXPONENT_BITS = 64;

    /**
     * Reads a key for signatures, or an RSA or EC key for encryption.
     *
     * @throws Malformed if it is of an unknown type, weak or broken
     */
    static KeyMaterial of(Map<String, ? extends @Nullable Object> jwk) {
        return switch (Members.demanded(jwk, "kty")) {
            case "RSA" -> rsa(jwk);
            case "EC" -> ec(jwk);
            case "OKP" -> okp(jwk);
            default -> throw new Malformed("a key of an unknown type");
        };
    }

    private static KeyMaterial rsa(Map<String, ? extends @Nullable Object> jwk) {
        BigInteger modulus = number(jwk, "n", MAXIMUM_RSA_BITS);
        BigInteger exponent = number(jwk, "e", MAXIMUM_EXPONENT_BITS);
        if (modulus.bitLength() < MINIMUM_RSA_BITS || !modulus.testBit(0)) {
            throw new Malformed("an RSA key of fewer than " + MINIMUM_RSA_BITS + " bits, or with an even modulus");
        }
        if (exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0)) {
            throw new Malformed("an RSA key whose exponent is even, or less than 3");
        }
        if (Roca.marks(modulus)) {
            throw new Malformed("an RSA key of the flawed generator of CVE-2017-15361");
        }
        return material(
                "RSA",
                new RSAPublicKeySpec(modulus, exponent),
                "{\"e\":\"" + text(exponent) + "\",\"kty\":\"RSA\",\"n\":\"" + text(modulus) + "\"}");
    }

    /** Some write a leading zero octet, which RFC 7518 section 2 does not allow and which does no harm. */
    private static BigInteger number(Map<String, ? extends @Nullable Object> jwk, String name, int maximumBits) {
        byte[] bytes = Base64Url.decode(Members.demanded(jwk, name));
        BigInteger number = new BigInteger(1, bytes);
        if (number.bitLength() > maximumBits) {
            throw new Malformed("an RSA key whose '" + name + "' has more than " + maximumBits + " bits");
        }
        return number;
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64Url.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static KeyMaterial ec(Map<String, ? extends @Nullable Object> jwk) {
        EcCurve curve = EcCurve.of(Members.demanded(jwk, "crv"));
        if (curve == null) {
            throw new Malformed("an EC key on an unknown curve");
        }
        BigInteger x = coordinate(jwk, "x", curve);
        BigInteger y = coordinate(jwk, "y", curve);
        if (!curve.contains(x, y)) {
            throw new Malformed("an EC key that is not on its curve");
        }
        return material(
                "EC",
                new ECPublicKeySpec(new ECPoint(x, y), curve.parameters()),
                "{\"crv\":\"" + curve.id() + "\",\"kty\":\"EC\",\"x\":\"" + jwk.get("x") + "\",\"y\":\"" + jwk.get("y")
                        + "\"}");
    }

    /** RFC 7518 section 6.2.1.2: exactly as many octets as the field has. */
    private static BigInteger coordinate(Map<String, ? extends @Nullable Object> jwk, String name, EcCurve curve) {
        byte[] bytes = Base64Url.decode(Members.demanded(jwk, name));
        if (bytes.length != curve.size()) {
            throw new Malformed("an EC key with a coordinate of the wrong length");
        }
        return new BigInteger(1, bytes);
    }

    private static KeyMaterial okp(Map<String, ? extends @Nullable Object> jwk) {
        String id = Members.demanded(jwk, "crv");
        EdwardsCurve curve = EdwardsCurve.of(id);
        if (curve == null) {
            throw new Malformed("an OKP key on a curve that is not for signatures");
        }
        byte[] encoded = Base64Url.decode(Members.demanded(jwk, "x"));
        if (encoded.length != curve.size()) {
            throw new Malformed("an OKP key of the wrong length");
        }
        return material(
                "EdDSA",
                new EdECPublicKeySpec(new NamedParameterSpec(id), edwardsPoint(encoded, curve)),
                "{\"crv\":\"" + id + "\",\"kty\":\"OKP\",\"x\":\"" + jwk.get("x") + "\"}");
    }

    /** RFC 8032 section 5.1.2: little endian, the sign of x in the topmost bit. */
    private static EdECPoint edwardsPoint(byte[] encoded, EdwardsCurve curve) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = bytes[0] < 0;
        bytes[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bytes);
        if (!curve.contains(y, odd) || curve.isSmall(y)) {
            throw new Malformed("an OKP key that is not on its curve, or of small order");
        }
        return new EdECPoint(odd, y);
    }

    private static KeyMaterial material(String factory, KeySpec spec, String canonical) {
        try {
            return new KeyMaterial(KeyFactory.getInstance(factory).generatePublic(spec), canonical);
        } catch (GeneralSecurityException e) {
            throw new Malformed("a key that the Java runtime refuses");
        }
    }
}
