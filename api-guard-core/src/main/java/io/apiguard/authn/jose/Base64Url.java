package io.apiguard.authn.jose;

import java.util.Arrays;
import java.util.Base64;

/**
 * Strict base64url without padding (RFC 7515 section 2): every byte sequence has exactly one text, so a token cannot be
 * altered without changing its bytes. jose4j and the JDK pass over foreign characters, padding or stray trailing bits.
 */
public final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] VALUES = values();

    private Base64Url() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** Returns the text of some bytes. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Returns the bytes that a text stands for.
     *
     * @throws Malformed if it holds a character outside the alphabet, has an impossible length, or has stray trailing
     *     bits
     */
    public static byte[] decode(String text) {
        return decode(text, 0, text.length());
    }

    /**
     * Returns the bytes that a part of a text stands for.
     *
     * @param from the first character, inclusive
     * @param to the last character, exclusive
     * @throws Malformed as {@link #decode(String)} does
     */
    public static byte[] decode(String text, int from, int to) {
        int length = to - from;
        if (length % 4 == 1) {
            throw new Malformed("base64url of an impossible length");
        }
        byte[] bytes = new byte[(int) (length * 3L / 4)];
        int bits = 0;
        int held = 0;
        int next = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 6 | value(text.charAt(i));
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[next++] = (byte) (bits >> held);
            }
        }
        if ((bits & (1 << held) - 1) != 0) {
            throw new Malformed("base64url with stray trailing bits");
        }
        return bytes;
    }

    private static int value(char c) {
        int value = c < 128 ? VALUES[c] : -1;
        if (value < 0) {
            throw new Malformed("a character outside the base64url alphabet");
        }
        return value;
    }
}
