package io.apiguard.authn.jose;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ways to manage keys that our policy refuses, behind the same parser and the same content ciphers, so that vectors
 * which use them can be judged all the same.
 */
final class PermissiveKeys {

    private PermissiveKeys() {}

    static DecryptionKey of(Map<String, Object> jwk) {
        String algorithm = String.valueOf(jwk.get("alg"));
        if (jwk.get("kty").equals("RSA")) {
            String padding = algorithm.equals("RSA1_5") ? "PKCS1Padding" : "OAEPWithSHA-1AndMGF1Padding";
            if (!algorithm.equals("RSA1_5") && !algorithm.equals("RSA-OAEP")) {
                throw new Malformed("not for this");
            }
            return key(jwk, algorithm, jwe -> decrypted("RSA/ECB/" + padding, jwk, jwe));
        }
        byte[] secret = Base64Url.decode(Members.demanded(jwk, "k"));
        if (ContentEncryption.of(algorithm) != null) {
            return key(jwk, "dir", jwe -> direct(secret, jwe));
        }
        if (secret.length * 8 != Integer.parseInt(algorithm.substring(1, 4))) {
            throw new Malformed("a key of the wrong length");
        }
        return key(jwk, algorithm, jwe -> algorithm.endsWith("GCMKW") ? gcm(secret, jwe) : unwrapped(secret, jwe));
    }

    private static DecryptionKey key(Map<String, Object> jwk, String algorithm, KeyManagement management) {
        return new DecryptionKey((String) jwk.get("kid"), Map.of(algorithm, management));
    }

    private static byte[] decrypted(String name, Map<String, Object> jwk, CompactJwe jwe)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.DECRYPT_MODE, DecryptionKey.rsa(jwk));
        return cipher.doFinal(jwe.encryptedKey());
    }

    private static byte[] direct(byte[] secret, CompactJwe jwe) {
        if (jwe.encryptedKey().length > 0) {
            throw new Malformed("an encrypted key where there is none");
        }
        return secret;
    }

    private static byte[] gcm(byte[] secret, CompactJwe jwe) throws GeneralSecurityException {
        byte[] iv = Base64Url.decode(Members.demanded(jwe.header(), "iv"));
        byte[] tag = Base64Url.decode(Members.demanded(jwe.header(), "tag"));
        if (iv.length != 12 || tag.length != 16) {
            throw new Malformed("an initialisation vector or a tag of the wrong length");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, iv));
        cipher.update(jwe.encryptedKey());
        return cipher.doFinal(tag);
    }

    private static byte[] unwrapped(byte[] secret, CompactJwe jwe) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(secret, "AES"));
        return cipher.unwrap(jwe.encryptedKey(), "AES", Cipher.SECRET_KEY).getEncoded();
    }
}
