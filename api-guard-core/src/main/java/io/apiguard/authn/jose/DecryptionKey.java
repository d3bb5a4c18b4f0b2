package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key that tokens are encrypted for, and the algorithms it is for: RSA-OAEP-256, ECDH-ES and ECDH-ES with AES
 * key wrap. Immutable and thread-safe; never prints the key.
 */
public final class DecryptionKey {

    /** RFC 7517 section 4.3, the operations that decryption of one or the other kind takes. */
    private static final Set<String> OPERATIONS = Set.of("decrypt", "unwrapKey", "deriveKey", "deriveBits");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAXIMUM_NUMBER_LENGTH = 2 * 1024;

    private final @Nullable String keyId;
    private final Map<String, KeyManagement> algorithms;

    /**
     * Makes a key.
     *
     * @param algorithms what to do for each {@code alg} that the key is for
     */
    DecryptionKey(@Nullable String keyId, Map<String, ? extends KeyManagement> algorithms) {
        this.keyId = keyId;
        this.algorithms = Map.copyOf(algorithms);
    }

    /**
     * Reads a private JWK: RSA of at least 2048 bits, EC on P-256, P-384 or P-521, or OKP on X25519.
     *
     * @param jwk the members of the JSON object; with {@code alg}, the key is for that algorithm alone
     * @throws Malformed if it is no private key for decrypting, is weak or broken, or its algorithm is not permitted
     */
    public static DecryptionKey of(Map<String, ? extends @Nullable Object> jwk) {
        checkPurpose(jwk);
        Map<String, KeyManagement> all =
                switch (Members.demanded(jwk, "kty")) {
                    case "RSA" -> Map.of("RSA-OAEP-256", new RsaOaep(rsa(jwk)));
                    case "EC", "OKP" -> EcdhEs.all(AgreementKey.of(jwk));
                    default -> throw new Malformed("an encryption key that is symmetric, or of an unknown type");
                };
        return new DecryptionKey(Jwk.keyId(jwk), permitted(all, Members.string(jwk, "alg")));
    }

    private static void checkPurpose(Map<String, ? extends @Nullable Object> jwk) {
        String use = Members.string(jwk, "use");
        if (use != null && !use.equals("enc")) {
            throw new Malformed("an encryption key whose 'use' is not 'enc'");
        }
        if (jwk.containsKey("key_ops")
                && Members.strings(jwk.get("key_ops"), "key_ops").stream().noneMatch(OPERATIONS::contains)) {
            throw new Malformed("an encryption key whose 'key_ops' do not name any kind of decrypting");
        }
    }

    private static Map<String, KeyManagement> permitted(Map<String, KeyManagement> all, @Nullable String algorithm) {
        if (algorithm == null) {
            return all;
        }
        KeyManagement one = all.get(algorithm);
        if (one == null) {
            throw new Malformed("an encryption key whose 'alg' does not suit it, or is not permitted");
        }
        return Map.of(algorithm, one);
    }

    static RSAPrivateKey rsa(Map<String, ? extends @Nullable Object> jwk) {
        RSAPublicKey half = (RSAPublicKey) KeyMaterial.of(jwk).key();
        BigInteger exponent = number(jwk, "d");
        if (!BigInteger.TWO
                .modPow(half.getPublicExponent(), half.getModulus())
                .modPow(exponent, half.getModulus())
                .equals(BigInteger.TWO)) {
            throw new Malformed("a private key whose public half is that of another key");
        }
        try {
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(specification(jwk, half, exponent));
        } catch (GeneralSecurityException e) {
            throw new Malformed("a private key that the Java runtime refuses");
        }
    }

    /** RFC 7518 section 6.3.2: with {@code p} come the four others. */
    private static KeySpec specification(
            Map<String, ? extends @Nullable Object> jwk, RSAPublicKey half, BigInteger exponent) {
        if (jwk.containsKey("oth")) {
            throw new Malformed("an RSA key of more than two primes");
        }
        if (!jwk.containsKey("p")) {
            return new RSAPrivateKeySpec(half.getModulus(), exponent);
        }
        BigInteger p = number(jwk, "p");
        BigInteger q = number(jwk, "q");
        if (!p.multiply(q).equals(half.getModulus())) {
            throw new Malformed("an RSA key whose primes are those of another key");
        }
        return new RSAPrivateCrtKeySpec(
                half.getModulus(),
                half.getPublicExponent(),
                exponent,
                p,
                q,
                number(jwk, "dp"),
                number(jwk, "dq"),
                number(jwk, "qi"));
    }

    private static BigInteger number(Map<String, ? extends @Nullable Object> jwk, String name) {
        String text = Members.demanded(jwk, name);
        if (text.length() > MAXIMUM_NUMBER_LENGTH) {
            throw new Malformed("an RSA key whose '" + name + "' is too long");
        }
        return new BigInteger(1, Base64Url.decode(text));
    }

    /** Returns the {@code kid} of the tokens, or {@code null} if they need not name one. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** Returns the algorithms that the key may be used with. */
    public Set<String> algorithms() {
        return algorithms.keySet();
    }

    /** Returns whether a token may be decrypted with this key: its algorithm is ours and its id, if both have one, too. */
    boolean suits(CompactJwe jwe) {
        return algorithms.containsKey(jwe.algorithm())
                && (keyId == null || jwe.keyId() == null || keyId.equals(jwe.keyId()));
    }

    /**
     * Returns the token's content encryption key, or a random one if it cannot be had, so that nobody learns from us
     * which of the two steps failed (RFC 7516 section 11.5).
     */
    byte[] contentKey(CompactJwe jwe) {
        byte[] substitute = new byte[jwe.encryption().keySize()];
        RANDOM.nextBytes(substitute);
        KeyManagement management = algorithms.get(jwe.algorithm());
        try {
            byte[] key = management == null ? substitute : management.contentKey(jwe);
            return key.length == substitute.length ? key : substitute;
        } catch (Malformed e) {
            throw e; // says what everybody can see
        } catch (GeneralSecurityException | RuntimeException e) {
            return substitute;
        }
    }

    @Override
    public String toString() {
        return "DecryptionKey" + algorithms.keySet();
    }
}
