package io.apiguard.authn.jose;

import java.security.GeneralSecurityException;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwe.ContentEncryptionAlgorithm;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The ways to encrypt content (RFC 7518 section 5), with the exact lengths that we do not leave to others. */
enum ContentEncryption {
    A128GCM("A128GCM", 16, 12, 16),
    A192GCM("A192GCM", 24, 12, 16),
    A256GCM("A256GCM", 32, 12, 16),
    A128CBC_HS256("A128CBC-HS256", 32, 16, 16),
    A192CBC_HS384("A192CBC-HS384", 48, 16, 24),
    A256CBC_HS512("A256CBC-HS512", 64, 16, 32);

    private static final int BLOCK = 16;

    private final String id;
    private final int keySize;
    private final int ivSize;
    private final int tagSize;

    ContentEncryption(String id, int keySize, int ivSize, int tagSize) {
        this.id = id;
        this.keySize = keySize;
        this.ivSize = ivSize;
        this.tagSize = tagSize;
    }

    static @Nullable ContentEncryption of(String id) {
        for (ContentEncryption encryption : values()) {
            if (encryption.id.equals(id)) {
                return encryption;
            }
        }
        return null;
    }

    String id() {
        return id;
    }

    /** The bytes of a content encryption key. */
    int keySize() {
        return keySize;
    }

    boolean fits(byte[] iv, byte[] ciphertext, byte[] tag) {
        return iv.length == ivSize
                && tag.length == tagSize
                && (ivSize != BLOCK || ciphertext.length > 0 && ciphertext.length % BLOCK == 0);
    }

    /**
     * Returns the plaintext.
     *
     * @throws GeneralSecurityException if the tag is wrong, which is looked at before anything is decrypted
     */
    byte[] decrypt(byte[] key, CompactJwe jwe) throws GeneralSecurityException {
        try {
            return algorithm().decrypt(jwe.parts(), jwe.additionalData(), key, new Headers(), new ProviderContext());
        } catch (JoseException e) {
            throw new GeneralSecurityException("the content cannot be decrypted");
        }
    }

    private ContentEncryptionAlgorithm algorithm() throws JoseException {
        return AlgorithmFactoryFactory.getInstance()
                .getJweContentEncryptionAlgorithmFactory()
                .getAlgorithm(id);
    }
}
