package io.apiguard.secret;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text form of key material in files and environment variables: the encoding's name, a colon, the encoded bytes.
 */
final class SecretText {

    static final String FORMS = "'hex:', 'base64:' or 'base64url:' followed by the encoded bytes"
            + " (make one with: echo \"base64:$(openssl rand -base64 32)\")";

    private SecretText() {}

    /**
     * Returns the bytes, or {@code null} if the text is in none of the forms; the text itself never ends up in a
     * message.
     */
    static byte @Nullable [] decode(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String encoded = text.substring(colon + 1);
        try {
            return switch (text.substring(0, colon)) {
                case "hex" -> HexFormat.of().parseHex(encoded);
                case "base64" -> canonical(Base64.getDecoder(), Base64.getEncoder(), encoded);
                case "base64url" ->
                    canonical(Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding(), encoded);
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The decoders of the JDK pass over stray trailing bits and missing padding; only the canonical text reads back the
     * same.
     */
    private static byte @Nullable [] canonical(Base64.Decoder decoder, Base64.Encoder encoder, String encoded) {
        byte[] bytes = decoder.decode(encoded);
        return encoder.encodeToString(bytes).equals(encoded) ? bytes : null;
    }
}
