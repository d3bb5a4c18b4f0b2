package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret shared with the issuer, for one algorithm. Whoever can verify with it can also forge, so it has no place in a
 * key set, is no {@link Jwk} and no {@link java.security.PublicKey}, and is made by a name that says so. Immutable and
 * thread-safe; never prints the secret.
 */
public final class HmacKey {

    private static final int MAXIMUM_BYTES = 1024;

    private final @Nullable String keyId;
    private final HmacAlgorithm algorithm;
    private final SecretKeySpec secret;

    private HmacKey(@Nullable String keyId, HmacAlgorithm algorithm, byte[] secret) {
        checkSecret(algorithm, secret);
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.secret = new SecretKeySpec(secret, algorithm.standardName());
    }

    /**
     * Makes a key out of a secret that every verifier can forge tokens with. Prefer an asymmetric algorithm.
     *
     * @param keyId the {@code kid} of the tokens, or {@code null} if they need not name one
     * @param algorithm the one algorithm that the secret is for
     * @param secret random bytes, at least as many as the hash has
     * @throws Malformed if the secret is too short, or is a public key
     */
    public static HmacKey everyVerifierCanForge(@Nullable String keyId, HmacAlgorithm algorithm, byte[] secret) {
        return new HmacKey(keyId, algorithm, secret);
    }

    /**
     * Makes a key out of a JWK of type {@code oct} that names its algorithm (RFC 7518 section 6.4), which every verifier
     * can forge tokens with. Prefer an asymmetric algorithm.
     *
     * @param jwk the members of the JSON object
     * @throws Malformed if it is no such key, is not for verifying, or its secret is too short or is a public key
     */
    public static HmacKey everyVerifierCanForge(Map<String, ? extends @Nullable Object> jwk) {
        if (!Members.demanded(jwk, "kty").equals("oct")) {
            throw new Malformed("a key that is not symmetric among shared secrets");
        }
        Jwk.checkPurpose(jwk);
        HmacAlgorithm algorithm = HmacAlgorithm.of(Members.demanded(jwk, "alg"));
        if (algorithm == null) {
            throw new Malformed("a shared secret whose 'alg' is not an HMAC");
        }
        return new HmacKey(Jwk.keyId(jwk), algorithm, Base64Url.decode(Members.demanded(jwk, "k")));
    }

    private static void checkSecret(HmacAlgorithm algorithm, byte[] secret) {
        if (secret.length < algorithm.size()) {
            throw new Malformed("a shared secret of fewer than " + algorithm.size() + " bytes, as many as "
                    + algorithm.id() + " needs");
        }
        if (secret.length > MAXIMUM_BYTES) {
            throw new Malformed("a shared secret of more than " + MAXIMUM_BYTES + " bytes");
        }
        if (isText(secret) || isKey(secret)) {
            throw new Malformed("a shared secret that is a public key, a private key or a certificate");
        }
    }

    /** CVE-2015-9235, CVE-2022-29217: PEM, OpenSSH and JWK texts. */
    private static boolean isText(byte[] secret) {
        String text = new String(secret, StandardCharsets.ISO_8859_1).strip();
        return text.contains("-----BEGIN ")
                || text.startsWith("ssh-")
                || text.startsWith("ecdsa-")
                || text.startsWith("{") && text.contains("\"kty\"");
    }

    private static boolean isKey(byte[] secret) {
        return secret[0] == 0x30
                && List.of("RSA", "EC", "EdDSA", "XDH").stream().anyMatch(type -> isKey(secret, type));
    }

    private static boolean isKey(byte[] secret, String type) {
        try {
            KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(secret));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns the {@code kid} of the tokens, or {@code null} if they need not name one. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** Returns the one algorithm that the secret is for. */
    public HmacAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns whether a token may be checked with this key: its algorithm is ours and its id, if both have one, too. */
    public boolean suits(CompactJws jws) {
        return jws.algorithm().equals(algorithm.id())
                && (keyId == null || jws.keyId() == null || keyId.equals(jws.keyId()));
    }

    /** Returns whether a token is for this key and its code is right, compared in constant time. */
    public boolean verify(CompactJws jws) {
        return suits(jws) && MessageDigest.isEqual(code(jws.signingInput()), jws.signature());
    }

    private byte[] code(byte[] input) {
        try {
            Mac mac = Mac.getInstance(algorithm.standardName());
            mac.init(secret);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks the algorithm " + algorithm.standardName(), e);
        }
    }

    @Override
    public String toString() {
        return "HmacKey[" + algorithm + "]";
    }
}
