package io.apiguard.authn.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.kdf.ConcatKeyDerivationFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ephemeral-static Diffie-Hellman, for the content key itself or for one that unwraps it (RFC 7518 section 4.6, RFC 8037
 * section 3.2). Immutable and thread-safe.
 */
final class EcdhEs implements KeyManagement {

    /** What wrapping adds (RFC 3394 section 2.2.1). */
    private static final int WRAP_OVERHEAD = 8;

    private final AgreementKey key;
    private final String algorithm;
    private final int wrapKeySize;

    private EcdhEs(AgreementKey key, String algorithm, int wrapKeySize) {
        this.key = key;
        this.algorithm = algorithm;
        this.wrapKeySize = wrapKeySize;
    }

    /** Returns what each of the four algorithms does with a key. */
    static Map<String, KeyManagement> all(AgreementKey key) {
        return Map.of(
                "ECDH-ES", new EcdhEs(key, "ECDH-ES", 0),
                "ECDH-ES+A128KW", new EcdhEs(key, "ECDH-ES+A128KW", 16),
                "ECDH-ES+A192KW", new EcdhEs(key, "ECDH-ES+A192KW", 24),
                "ECDH-ES+A256KW", new EcdhEs(key, "ECDH-ES+A256KW", 32));
    }

    @Override
    public byte[] contentKey(CompactJwe jwe) throws GeneralSecurityException {
        boolean direct = wrapKeySize == 0;
        int expected = direct ? 0 : jwe.encryption().keySize() + WRAP_OVERHEAD;
        if (jwe.encryptedKey().length != expected) {
            throw new Malformed("an encrypted key of the wrong length");
        }
        if (!(jwe.header().get("epk") instanceof Map<?, ?> ephemeral)) {
            throw new Malformed("a header without the key 'epk'");
        }
        PublicKey publicKey = key.peer(JwkSet.members(ephemeral));
        byte[] derived = direct
                ? derived(
                        jwe, publicKey, jwe.encryption().id(), jwe.encryption().keySize())
                : derived(jwe, publicKey, algorithm, wrapKeySize);
        return direct ? derived : unwrapped(derived, jwe.encryptedKey());
    }

    /** RFC 7518 section 4.6.2. */
    private byte[] derived(CompactJwe jwe, PublicKey ephemeral, String id, int size) throws GeneralSecurityException {
        byte[] name = id.getBytes(StandardCharsets.US_ASCII);
        byte[] producer = information(jwe, "apu");
        byte[] consumer = information(jwe, "apv");
        ByteBuffer other = ByteBuffer.allocate(4 * Integer.BYTES + name.length + producer.length + consumer.length);
        for (byte[] part : new byte[][] {name, producer, consumer}) {
            other.putInt(part.length).put(part);
        }
        other.putInt(size * Byte.SIZE);
        return new ConcatKeyDerivationFunction("SHA-256").kdf(key.agree(ephemeral), size * Byte.SIZE, other.array());
    }

    private static byte[] information(CompactJwe jwe, String name) {
        @Nullable String text = Members.string(jwe.header(), name);
        return text == null ? new byte[0] : Base64Url.decode(text);
    }

    private static byte[] unwrapped(byte[] wrapKey, byte[] encryptedKey) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapKey, "AES"));
        return cipher.unwrap(encryptedKey, "AES", Cipher.SECRET_KEY).getEncoded();
    }
}
