package io.apiguard.authn.dpop;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes and knows nonces without keeping any: a nonce is the id of the secret's version and half of the HMAC over the
 * number of a time slot, so every instance that has the secret knows those of the others. One is taken in its slot and
 * in the next, and in the one before too: the clock of the instance that made it may be ahead.
 */
final class DpopNonces {

    static final String SECRET_NAME = "dpop-nonce";

    private static final int BYTES = 16;
    private static final int MAXIMUM_LENGTH = 512;

    private final SecretSource secrets;
    private final long slotMillis;

    DpopNonces(SecretSource secrets, Duration slot) {
        this.secrets = secrets;
        this.slotMillis = slot.toMillis();
    }

    String current(Instant now) {
        Secret secret = secrets.current(SECRET_NAME)
                .orElseThrow(() -> new IllegalStateException("the secret '" + SECRET_NAME + "' is gone"));
        byte[] keyId = secret.keyId().getBytes(StandardCharsets.UTF_8);
        return Base64Url.encode(keyId) + "." + Base64Url.encode(hash(secret, slot(now)));
    }

    boolean knows(String nonce, Instant now) {
        int dot = nonce.indexOf('.');
        if (dot < 0 || nonce.length() > MAXIMUM_LENGTH) {
            return false;
        }
        try {
            String keyId = new String(Base64Url.decode(nonce, 0, dot), StandardCharsets.UTF_8);
            byte[] hash = Base64Url.decode(nonce, dot + 1, nonce.length());
            Optional<Secret> secret = secrets.version(SECRET_NAME, keyId);
            return secret.isPresent() && isOfNow(secret.get(), hash, slot(now));
        } catch (Malformed e) {
            return false;
        }
    }

    private static boolean isOfNow(Secret secret, byte[] hash, long slot) {
        return MessageDigest.isEqual(hash, hash(secret, slot))
                || MessageDigest.isEqual(hash, hash(secret, slot - 1))
                || MessageDigest.isEqual(hash, hash(secret, slot + 1));
    }

    private static byte[] hash(Secret secret, long slot) {
        byte[] message = ByteBuffer.allocate(Long.BYTES).putLong(slot).array();
        return Arrays.copyOf(secret.hmacSha256(message), BYTES);
    }

    private long slot(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), slotMillis);
    }
}
