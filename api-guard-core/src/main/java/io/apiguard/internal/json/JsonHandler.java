package io.apiguard.internal.json;

/**
 * What a {@link JsonScanner} tells of a document, token by token, in document order.
 *
 * <p>Offsets count bytes from the start of the document, over all chunks fed. Each method returns whether to go on:
 * {@code false} stops the scanner for good, with {@link JsonFault#STOPPED}.
 */
public interface JsonHandler {

    /** The kinds of JSON values that a scanner tells apart. */
    enum Kind {
        /** An object. */
        OBJECT,
        /** An array. */
        ARRAY,
        /** A string that is a value, not a member name. */
        STRING,
        /** A number. */
        NUMBER,
        /** One of {@code true}, {@code false} and {@code null}. */
        LITERAL
    }

    /**
     * A value begins.
     *
     * @param kind what it is
     * @param offset the offset of its first byte
     * @return whether to go on
     */
    boolean start(Kind kind, long offset);

    /**
     * A value ended. Of a number this is known only when the byte after it, or the end of the document, was seen.
     *
     * @param kind what it was
     * @param offset the offset just after its last byte
     * @return whether to go on
     */
    boolean end(Kind kind, long offset);

    /**
     * A member name ended.
     *
     * @param start the offset of its opening quote
     * @param end the offset just after its closing quote
     * @param utf8 holds the name with its escapes resolved, in UTF-8; valid only during the call, and not to be
     *     written to
     * @param from the index of the name's first byte in {@code utf8}
     * @param to the index just after its last byte
     * @return whether to go on
     */
    boolean name(long start, long end, byte[] utf8, int from, int to);

    /**
     * A comma between two members or elements.
     *
     * @param offset its offset
     * @return whether to go on
     */
    boolean comma(long offset);
}
