package io.apiguard.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One version of a named secret.
 *
 * <p>Immutable and thread-safe; the bytes are copied in and out. {@code toString} shows name and key id only.
 */
public final class Secret {

    /**
     * The fewest bytes a secret may have: 32, the output size of the keyed functions that use it (RFC 2104 section 3).
     */
    public static final int MINIMUM_BYTES = 32;

    private final String name;
    private final String keyId;
    private final byte[] bytes;
    private final Mac keyed;

    /**
     * Makes a secret.
     *
     * @param name what the secret is for
     * @param keyId which version it is; stored beside what was made with it
     * @param bytes the key material, at least {@value #MINIMUM_BYTES} bytes
     * @throws IllegalArgumentException if there are fewer bytes; the message names the secret and not its content
     */
    public Secret(String name, String keyId, byte[] bytes) {
        this.name = Objects.requireNonNull(name, "name");
        this.keyId = Objects.requireNonNull(keyId, "keyId");
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException("secret '" + name + "' (key id '" + keyId + "') has " + bytes.length
                    + " bytes; at least " + MINIMUM_BYTES + " are needed");
        }
        this.bytes = bytes.clone();
        this.keyed = keyed(bytes);
    }

    private static Mac keyed(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256, which every one must have", e);
        }
    }

    /** Returns what the secret is for. */
    public String name() {
        return name;
    }

    /** Returns which version of the secret this is. */
    public String keyId() {
        return keyId;
    }

    /** Returns a copy of the key material. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Returns the keyed hash of a message under this secret: HMAC-SHA-256 (RFC 2104), 32 bytes. The key material does
     * not leave for it.
     *
     * @param message any bytes
     */
    public byte[] hmacSha256(byte[] message) {
        return copyOfKeyed().doFinal(message);
    }

    /** A copy of the keyed state costs a fifth of making and keying a new one; not every provider can copy. */
    private Mac copyOfKeyed() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            return keyed(bytes);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that
                && name.equals(that.name)
                && keyId.equals(that.keyId)
                && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyId);
    }

    @Override
    public String toString() {
        return "Secret[" + name + ", key id " + keyId + "]";
    }
}
