package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.MalformedField;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Single parameters of a query (RFC 9421 section 2.2.8). What forms leave to the reader, a percent sign that escapes nothing and bytes
 * that are not UTF-8, is refused: the application might read it otherwise.
 */
final class QueryParameters {

    private QueryParameters() {}

    /**
     * Returns the value of the one parameter of a name.
     *
     * @param encodedName the name, encoded as {@link #encoded} does
     */
    static String value(@Nullable String query, String encodedName) {
        String found = null;
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (pair.isEmpty() || !encoded(name).equals(encodedName)) {
                continue;
            }
            if (found != null) {
                throw new MalformedField("a query parameter that occurs twice");
            }
            found = encoded(equals < 0 ? "" : pair.substring(equals + 1));
        }
        if (found == null) {
            throw new MalformedField("a query parameter that the request does not have");
        }
        return found;
    }

    /** Decodes a part of a form, and encodes it in the one way that the clause says. */
    private static String encoded(String part) {
        byte[] bytes = decoded(part);
        StringBuilder encoded = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "*-._".indexOf(c) >= 0;
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    private static byte[] decoded(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                bytes.write(digit(part, i + 1) << 4 | digit(part, i + 2));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : ascii(c));
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int digit(String part, int at) {
        int digit = at < part.length() && part.charAt(at) < 128 ? Character.digit(part.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new MalformedField("a query with a percent sign that escapes nothing");
        }
        return digit;
    }

    private static char ascii(char c) {
        if (c > '~') {
            throw new MalformedField("a query with a character that is not ASCII");
        }
        return c;
    }

    private static byte[] utf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return bytes;
        } catch (CharacterCodingException e) {
            throw new MalformedField("a query that is not UTF-8");
        }
    }
}
