package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures can be checked with, and the algorithms it is for (RFC 7517, RFC 7518 section 6, RFC
 * 8037 section 2). Immutable and thread-safe.
 */
public final class Jwk {

    private static final int MINIMUM_RSA_BITS = 2048;
    private static final int MAXIMUM_RSA_BITS = 8192;
    private static final int MAXIMUM_EXPONENT_BITS = 64;
    private static final int MAXIMUM_KEY_ID_LENGTH = 256;

    private final @Nullable String keyId;
    private final PublicKey key;
    private final Set<JwsAlgorithm> algorithms;
    private final String thumbprint;

    private Jwk(@Nullable String keyId, Material material, Set<JwsAlgorithm> algorithms) {
        this.keyId = keyId;
        this.key = material.key;
        this.algorithms = algorithms;
        this.thumbprint = thumbprint(material.canonical);
    }

    /** A key, and the JSON text that RFC 7638 section 3 makes of it. */
    private record Material(PublicKey key, String canonical) {}

    /**
     * Reads a JWK.
     *
     * @param jwk the members of the JSON object
     * @throws Malformed if it is not a public key for checking signatures, or a weak or broken one
     */
    public static Jwk of(Map<String, ? extends @Nullable Object> jwk) {
        String type = Members.demanded(jwk, "kty");
        if (jwk.containsKey("d") || jwk.containsKey("k")) {
            throw new Malformed("a private or symmetric key");
        }
        checkPurpose(jwk);
        Material material =
                switch (type) {
                    case "RSA" -> rsa(jwk);
                    case "EC" -> ec(jwk);
                    case "OKP" -> okp(jwk);
                    default -> throw new Malformed("a key of an unknown type");
                };
        return new Jwk(keyId(jwk), material, algorithms(jwk, material.key));
    }

    private static @Nullable String keyId(Map<String, ? extends @Nullable Object> jwk) {
        String keyId = Members.string(jwk, "kid");
        if (keyId != null && keyId.length() > MAXIMUM_KEY_ID_LENGTH) {
            throw new Malformed("a key with a 'kid' of more than " + MAXIMUM_KEY_ID_LENGTH + " characters");
        }
        return keyId;
    }

    /** RFC 7517 sections 4.2 and 4.3. */
    private static void checkPurpose(Map<String, ? extends @Nullable Object> jwk) {
        String use = Members.string(jwk, "use");
        if (use != null && !use.equals("sig")) {
            throw new Malformed("a key whose 'use' is not 'sig'");
        }
        if (jwk.containsKey("key_ops")
                && !Members.strings(jwk.get("key_ops"), "key_ops").contains("verify")) {
            throw new Malformed("a key whose 'key_ops' do not name 'verify'");
        }
    }

    private static Set<JwsAlgorithm> algorithms(Map<String, ? extends @Nullable Object> jwk, PublicKey key) {
        String id = Members.string(jwk, "alg");
        if (id == null) {
            return JwsAlgorithm.suiting(key);
        }
        JwsAlgorithm algorithm = JwsAlgorithm.of(id);
        if (algorithm == null || !algorithm.suits(key)) {
            throw new Malformed("a key whose 'alg' does not suit it, or is not for signatures");
        }
        return EnumSet.of(algorithm);
    }

    private static Material rsa(Map<String, ? extends @Nullable Object> jwk) {
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

    private static Material ec(Map<String, ? extends @Nullable Object> jwk) {
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

    private static Material okp(Map<String, ? extends @Nullable Object> jwk) {
        String curve = Members.demanded(jwk, "crv");
        byte[] encoded = Base64Url.decode(Members.demanded(jwk, "x"));
        if (encoded.length != edwardsSize(curve)) {
            throw new Malformed("an OKP key of the wrong length");
        }
        return material(
                "EdDSA",
                new EdECPublicKeySpec(new NamedParameterSpec(curve), edwardsPoint(encoded)),
                "{\"crv\":\"" + curve + "\",\"kty\":\"OKP\",\"x\":\"" + jwk.get("x") + "\"}");
    }

    private static int edwardsSize(String curve) {
        return switch (curve) {
            case "Ed25519" -> 32;
            case "Ed448" -> 57;
            default -> throw new Malformed("an OKP key on a curve that is not for signatures");
        };
    }

    /** RFC 8032 section 5.1.2: little endian, the sign of x in the topmost bit. */
    private static EdECPoint edwardsPoint(byte[] encoded) {
        byte[] y = new byte[encoded.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = y[0] < 0;
        y[0] &= 0x7f;
        return new EdECPoint(odd, new BigInteger(1, y));
    }

    private static Material material(String factory, KeySpec spec, String canonical) {
        try {
            return new Material(KeyFactory.getInstance(factory).generatePublic(spec), canonical);
        } catch (GeneralSecurityException e) {
            throw new Malformed("a key that the Java runtime refuses");
        }
    }

    private static String thumbprint(String canonical) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every one must have", e);
        }
    }

    /** Returns the key's id in its set, or {@code null} if it has none. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** Returns the key itself. */
    public PublicKey key() {
        return key;
    }

    /** Returns the algorithms that the key may be used with: the one it names, or all that suit it. */
    public Set<JwsAlgorithm> algorithms() {
        return Set.copyOf(algorithms);
    }

    /** Returns whether a signature of the given algorithm may be checked with this key. */
    public boolean allows(JwsAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Returns the key's SHA-256 thumbprint (RFC 7638), base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    /** Returns whether the other stands for the same key under the same id, for the same algorithms. */
    boolean sameAs(Jwk other) {
        return thumbprint.equals(other.thumbprint)
                && algorithms.equals(other.algorithms)
                && (keyId == null ? other.keyId == null : keyId.equals(other.keyId));
    }
}
