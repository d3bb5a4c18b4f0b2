package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures can be checked with, and the algorithms it is for (RFC 7517, RFC 7518 section 6, RFC
 * 8037 section 2). Immutable and thread-safe.
 */
public final class Jwk {

    private static final int MAXIMUM_KEY_ID_LENGTH = 256;

    /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1; {@code priv} is that of later key types. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    private final @Nullable String keyId;
    private final PublicKey key;
    private final Set<JwsAlgorithm> algorithms;
    private final String thumbprint;

    private Jwk(@Nullable String keyId, KeyMaterial material, Set<JwsAlgorithm> algorithms) {
        this.keyId = keyId;
        this.key = material.key();
        this.algorithms = algorithms;
        this.thumbprint = thumbprint(material.canonical());
    }

    /**
     * Reads a JWK.
     *
     * @param jwk the members of the JSON object
     * @throws Malformed if it is not a public key for checking signatures, or a weak or broken one
     */
    public static Jwk of(Map<String, ? extends @Nullable Object> jwk) {
        Members.demanded(jwk, "kty");
        if (!Collections.disjoint(jwk.keySet(), PRIVATE_MEMBERS)) {
            throw new Malformed("a private or symmetric key");
        }
        checkPurpose(jwk);
        KeyMaterial material = KeyMaterial.of(jwk);
        Jwk key = new Jwk(keyId(jwk), material, algorithms(jwk, material.key()));
        X5c.check(jwk, material.key());
        return key;
    }

    static @Nullable String keyId(Map<String, ? extends @Nullable Object> jwk) {
        String keyId = Members.string(jwk, "kid");
        if (keyId != null && keyId.length() > MAXIMUM_KEY_ID_LENGTH) {
            throw new Malformed("a key with a 'kid' of more than " + MAXIMUM_KEY_ID_LENGTH + " characters");
        }
        return keyId;
    }

    /** RFC 7517 sections 4.2 and 4.3. */
    static void checkPurpose(Map<String, ? extends @Nullable Object> jwk) {
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
