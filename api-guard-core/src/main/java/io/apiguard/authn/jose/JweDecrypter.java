package io.apiguard.authn.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts tokens (RFC 7516 section 5.2). Decrypting proves nothing about who made a token, since the key to encrypt with
 * is public: what is inside must be signed (CVE-2026-29000). Immutable and thread-safe.
 */
public final class JweDecrypter {

    private static final int MAXIMUM_KEYS = 8;

    private final List<DecryptionKey> keys;

    /**
     * Makes a decrypter.
     *
     * @param keys the private keys that tokens are encrypted for, at most 8, the older ones too while tokens for them
     *     are about
     * @throws IllegalArgumentException if there are none or too many
     */
    public JweDecrypter(List<DecryptionKey> keys) {
        if (keys.isEmpty() || keys.size() > MAXIMUM_KEYS) {
            throw new IllegalArgumentException(
                    "no key to decrypt with, or more than " + MAXIMUM_KEYS + "; give those that are in use");
        }
        this.keys = List.copyOf(keys);
    }

    /**
     * Returns the signed token inside an encrypted one (RFC 7519 section 5.2); its signature is still to be verified.
     *
     * @param token a JWE in compact form
     * @throws Malformed if it is refused, does not say that a token is inside, or what is inside is no JWS in compact
     *     form: an unsigned text, or one more encrypted token
     */
    public String nestedToken(String token) {
        CompactJwe jwe = CompactJwe.parse(token);
        if (!jwe.isNested()) {
            throw new Malformed("an encrypted token whose 'cty' is not 'JWT'");
        }
        String nested = text(decrypt(jwe));
        if (nested.chars().filter(c -> c == '.').count() != 2) {
            throw new Malformed("an encrypted token around something that is not signed");
        }
        return nested;
    }

    private static String text(byte[] plaintext) {
        try {
            return StandardCharsets.US_ASCII
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plaintext))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("an encrypted token around something that is not signed");
        }
    }

    /**
     * Returns what is inside an encrypted token.
     *
     * @throws Malformed if no key of ours opens it, with one message for all that only a key can tell
     */
    byte[] decrypt(CompactJwe jwe) {
        List<DecryptionKey> suiting =
                keys.stream().filter(key -> key.suits(jwe)).toList();
        if (suiting.isEmpty()) {
            throw new Malformed("an encrypted token for which there is no key of its 'kid' and 'alg'");
        }
        for (DecryptionKey key : suiting) {
            byte[] plaintext = opened(jwe, key);
            if (plaintext != null) {
                return plaintext;
            }
        }
        throw new Malformed("an encrypted token that cannot be decrypted");
    }

    private static byte @Nullable [] opened(CompactJwe jwe, DecryptionKey key) {
        try {
            return jwe.encryption().decrypt(key.contentKey(jwe), jwe);
        } catch (Malformed e) {
            throw e; // says what everybody can see
        } catch (GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }
}
