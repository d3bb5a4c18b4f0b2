package io.apiguard.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code name=value} pairs separated by semicolons, the value a token or a quoted string (RFC 9110 section 5.6.6,
 * RFC 7239 section 4), in one pass. A name that comes twice is an error. Not thread-safe.
 */
final class PairReader {

    private final String text;
    private int at;

    PairReader(String text) {
        this.text = text;
    }

    /** {@return whether another element follows after a comma; moves past that} */
    boolean hasMore() {
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            return true;
        }
        return false;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Moves past optional white space and the given character, and says whether it was there. */
    boolean take(char c) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads a token; empty if there is none. */
    String token() {
        int from = at;
        while (at < text.length() && Syntax.isTokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /**
     * Reads pairs up to a comma or the end; {@code null} if they are malformed or there is none. Names are in lower
     * case.
     */
    @Nullable Map<String, String> readElement() {
        Map<String, String> pairs = new HashMap<>(4);
        do {
            skipBlanks();
            if (!readPair(pairs)) {
                return null;
            }
        } while (take(';'));
        return atEnd() || text.charAt(at) == ',' ? pairs : null;
    }

    private boolean readPair(Map<String, String> pairs) {
        String name = Syntax.lower(token());
        if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
            return false;
        }
        at++;
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        return value != null && !value.isEmpty() && pairs.put(name, value) == null;
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\') {
                at++;
                if (at == text.length()) {
                    return null;
                }
                c = text.charAt(at);
            }
            value.append(c);
        }
        return null;
    }

    private void skipBlanks() {
        while (at < text.length() && Syntax.isBlank(text.charAt(at))) {
            at++;
        }
    }
}
