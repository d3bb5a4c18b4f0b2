package io.apiguard.authn.jose;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSAES-OAEP with SHA-256 for both hash and mask (RFC 7518 section 4.3). Immutable and thread-safe. */
final class RsaOaep implements KeyManagement {

    private static final OAEPParameterSpec SHA_256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private final RSAPrivateKey key;

    RsaOaep(RSAPrivateKey key) {
        this.key = key;
    }

    @Override
    public byte[] contentKey(CompactJwe jwe) throws GeneralSecurityException {
        if (jwe.encryptedKey().length != (key.getModulus().bitLength() + 7) / 8) {
            throw new InvalidKeyException("an encrypted key that is not for this one");
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, SHA_256);
        return cipher.doFinal(jwe.encryptedKey());
    }
}
