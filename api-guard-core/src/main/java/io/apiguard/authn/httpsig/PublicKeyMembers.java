package io.apiguard.authn.httpsig;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.Malformed;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;

/** The members of a JWK (RFC 7518 section 6) for a key of the Java runtime, so that all keys pass the same checks. */
final class PublicKeyMembers {

    private PublicKeyMembers() {}

    static Map<String, String> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return Map.of("kty", "RSA", "n", number(rsa.getModulus()), "e", number(rsa.getPublicExponent()));
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            String x = coordinate(ec.getW().getAffineX(), bits);
            String y = coordinate(ec.getW().getAffineY(), bits);
            return Map.of("kty", "EC", "crv", "P-" + bits, "x", x, "y", y);
        }
        if (key instanceof EdECPublicKey edwards) {
            return Map.of("kty", "OKP", "crv", edwards.getParams().getName(), "x", point(edwards));
        }
        throw new Malformed("a key of an unknown type");
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64Url.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String coordinate(BigInteger number, int bits) {
        return Base64Url.encode(padded(number, (bits + 7) / 8));
    }

    private static byte[] padded(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        if (bytes.length > size + 1) {
            throw new Malformed("a key with a coordinate of the wrong length");
        }
        byte[] padded = new byte[size];
        int length = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, size - length, length);
        return padded;
    }

    /** RFC 8032 section 5.1.2: little endian, the sign of x in the topmost bit. */
    private static String point(EdECPublicKey key) {
        byte[] big = padded(key.getPoint().getY(), key.getParams().getName().equals("Ed448") ? 57 : 32);
        byte[] little = new byte[big.length];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        little[little.length - 1] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
        return Base64Url.encode(little);
    }
}
