package io.apiguard.http;

/**
 * One field line of a response that the guard writes (RFC 9110 section 5).
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the field name, a token
 * @param value the field value: visible ASCII, space and tab
 */
public record Header(String name, String value) {

    /**
     * Checks name and value, so that no line break can get into a response.
     *
     * @throws IllegalArgumentException if either has a character it must not have; the message does not repeat the
     *     value
     */
    public Header {
        if (!Syntax.isToken(name)) {
            throw new IllegalArgumentException("a field name must be a token");
        }
        if (!Syntax.isFieldValue(value)) {
            throw new IllegalArgumentException("the value of " + name + " must be visible ASCII, space and tab");
        }
    }
}
