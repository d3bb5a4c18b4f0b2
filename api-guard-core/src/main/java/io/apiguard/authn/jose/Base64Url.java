package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Strict base64url without padding (RFC 7515 section 2): every byte sequence has exactly one text, so a token cannot be
 * altered without changing its bytes. jose4j and the JDK pass over foreign characters, padding or stray trailing bits.
 */
public final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    /** Returns the text of some bytes. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Returns the bytes that a text stands for.
     *
     * @throws Malformed if it holds a character outside the alphabet, has an impossible length, or has padding or stray
     *     trailing bits
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
        byte[] text64 = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1); // beyond it: '?', foreign too
        if (text64.length % 4 == 1) {
            throw new Malformed("base64url of an impossible length");
        }
        byte[] bytes = decoded(text64);
        if (text64.length > 0 && hasStrayBits(text64)) {
            throw new Malformed("base64url with padding, or with stray trailing bits");
        }
        return bytes;
    }

    private static byte[] decoded(byte[] text) {
        try {
            return DECODER.decode(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("a character outside the base64url alphabet");
        }
    }

    /** The JDK takes padding at the end, which the alphabet lacks, and passes over the bits that the last byte has no room for. */
    private static boolean hasStrayBits(byte[] text) {
        int last = ALPHABET.indexOf(text[text.length - 1]);
        int unused = text.length % 4 == 2 ? 0xF : text.length % 4 == 3 ? 0x3 : 0;
        return last < 0 || (last & unused) != 0;
    }
}
