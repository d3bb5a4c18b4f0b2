package io.apiguard.authn.httpsig;

import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signatures are checked with, the one algorithm it is for, and whose it is. The key fixes the algorithm (RFC 9421 section
 * 7.3.6): what a signature says of it must agree.
 *
 * <p>Immutable and thread-safe. {@code toString} never shows the key.
 */
public final class HttpSignatureKey {

    private static final int SHORTEST_SECRET = 32;

    private final SignatureAlgorithm algorithm;
    private final SignerGrant signer;
    private final Check check;

    private HttpSignatureKey(SignatureAlgorithm algorithm, SignerGrant signer, Check check) {
        this.algorithm = algorithm;
        this.signer = signer;
        this.check = check;
    }

    private interface Check {
        boolean matches(SignatureVerifier verifier, byte[] base, byte[] signature);
    }

    /**
     * Returns a public key.
     *
     * @param algorithm the algorithm, not HMAC
     * @param key an RSA key of at least 2048 bits, an EC key on the algorithm's curve, or an Ed25519 key
     * @param signer whose key it is
     * @throws IllegalArgumentException if the key does not suit the algorithm, or is weak or broken
     */
    public static HttpSignatureKey of(SignatureAlgorithm algorithm, PublicKey key, SignerGrant signer) {
        try {
            return of(algorithm, Jwk.of(PublicKeyMembers.of(key)), signer);
        } catch (Malformed e) {
            throw new IllegalArgumentException(
                    "the key of signer " + signer.subject() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a public key in the form of RFC 7517.
     *
     * @param algorithm the algorithm, not HMAC
     * @param jwk one JSON object; its {@code kid} is not looked at
     * @param signer whose key it is
     * @throws IllegalArgumentException if the text is no public key for signatures, does not suit the algorithm, or is weak or broken
     */
    public static HttpSignatureKey ofJwk(SignatureAlgorithm algorithm, String jwk, SignerGrant signer) {
        try {
            return of(algorithm, Jwk.of(StrictJson.object(jwk.getBytes(StandardCharsets.UTF_8))), signer);
        } catch (Malformed e) {
            throw new IllegalArgumentException(
                    "the key of signer " + signer.subject() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a public key as a file holds it.
     *
     * @param algorithm the algorithm, not HMAC
     * @param text in UTF-8: one PEM block {@code PUBLIC KEY} (RFC 7468 section 13), a JWK, or a JWK Set (RFC 7517), of which the key with
     *     {@code keyId} as its {@code kid} is taken
     * @param keyId the id that signatures name the key by
     * @param signer whose key it is
     * @throws IllegalArgumentException if there is no such key, or it does not suit the algorithm, or is weak or broken
     */
    public static HttpSignatureKey ofText(SignatureAlgorithm algorithm, byte[] text, String keyId, SignerGrant signer) {
        try {
            return of(algorithm, KeyText.read(text, keyId, algorithm), signer);
        } catch (Malformed e) {
            throw new IllegalArgumentException(
                    "the key of signer " + signer.subject() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static HttpSignatureKey of(SignatureAlgorithm algorithm, Jwk jwk, SignerGrant signer) {
        JwsAlgorithm twin = algorithm.twin();
        if (twin == null || !jwk.allows(twin) || isEd448(jwk.key())) {
            throw new Malformed("it is not for " + algorithm.id());
        }
        return new HttpSignatureKey(
                algorithm, signer, (verifier, base, signature) -> verifier.verify(twin, jwk.key(), base, signature));
    }

    private static boolean isEd448(PublicKey key) {
        return key instanceof EdECPublicKey edwards
                && !edwards.getParams().getName().equals("Ed25519");
    }

    /**
     * Returns a secret for {@link SignatureAlgorithm#HMAC_SHA256}. Everyone who can check such a signature can make one, so that it
     * proves to nobody else who signed: take a public key where you can.
     *
     * @param secret at least 32 random bytes; copied
     * @param signer whom the secret is shared with
     * @throws IllegalArgumentException if the secret is shorter
     */
    public static HttpSignatureKey ofSecretThatEveryVerifierCanSignWith(byte[] secret, SignerGrant signer) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the secret shared with signer " + signer.subject() + " is shorter than "
                    + SHORTEST_SECRET + " bytes; make a longer one");
        }
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        return new HttpSignatureKey(
                SignatureAlgorithm.HMAC_SHA256,
                signer,
                (verifier, base, signature) -> MessageDigest.isEqual(hmac(key, base), signature));
    }

    static byte[] hmac(SecretKeySpec key, byte[] base) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(base);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256, which every one must have", e);
        }
    }

    boolean matches(SignatureVerifier verifier, byte[] base, byte[] signature) {
        return check.matches(verifier, base, signature);
    }

    /** Returns the algorithm that the key is for. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns whose key it is. */
    public SignerGrant signer() {
        return signer;
    }

    @Override
    public String toString() {
        return "HttpSignatureKey[" + algorithm.id() + " of " + signer.subject() + "]";
    }
}
