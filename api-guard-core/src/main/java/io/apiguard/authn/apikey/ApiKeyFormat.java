package io.apiguard.authn.apikey;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The text of an API key, {@code <prefix>_<id>_<secret><checksum>}; {@link ApiKeys} documents it. The prefix lets
 * scanners for leaked secrets know one, the id lets it be named and looked up, the checksum lets typing errors be told
 * without a look-up.
 */
final class ApiKeyFormat {

    static final int ID_LENGTH = 16;
    static final int SECRET_LENGTH = 43;
    static final int CHECKSUM_LENGTH = 6;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]{1,15}");

    private final String prefix;
    private final int length;

    ApiKeyFormat(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "the prefix of API keys must be 2 to 16 lower-case letters and digits and start"
                            + " with a letter, not '" + prefix + "'");
        }
        this.prefix = prefix;
        this.length = prefix.length() + 1 + ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;
    }

    /** Makes a new key; the secret holds 256 bits of chance, the id 95. */
    String make(SecureRandom random) {
        String body = prefix + "_" + text(random, ID_LENGTH) + "_" + text(random, SECRET_LENGTH);
        return body + checksum(body);
    }

    private static String text(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Returns the id that a key names, or {@code null} if the text is not a key of this format. */
    @Nullable String id(String key) {
        int idStart = prefix.length() + 1;
        int idEnd = idStart + ID_LENGTH;
        int bodyEnd = length - CHECKSUM_LENGTH;
        boolean formed = key.length() == length
                && key.startsWith(prefix + "_")
                && key.charAt(idEnd) == '_'
                && isText(key, idStart, idEnd)
                && isText(key, idEnd + 1, length);
        return formed && checksum(key.substring(0, bodyEnd)).equals(key.substring(bodyEnd))
                ? key.substring(idStart, idEnd)
                : null;
    }

    private static boolean isText(String key, int from, int to) {
        for (int i = from; i < to; i++) {
            if (ALPHABET.indexOf(key.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** CRC-32 in base 62, the most significant digit first; not a secret, it finds errors only. */
    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
