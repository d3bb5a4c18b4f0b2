package io.apiguard.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a handler says of the body it read, so that a test sees whether these were the very bytes it sent.
 *
 * @param length how many bytes
 * @param sha256 their hash in hexadecimal
 */
public record Receipt(int length, String sha256) {

    /**
     * Returns the receipt for a body.
     *
     * @param body what the handler read
     * @return length and hash
     */
    public static Receipt of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new Receipt(body.length, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
