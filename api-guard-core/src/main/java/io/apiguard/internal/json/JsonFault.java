package io.apiguard.internal.json;

/** Why a {@link JsonScanner} went no further. */
public enum JsonFault {
    /** The text is not JSON by RFC 8259, or ends too early. */
    MALFORMED,
    /** The text is not UTF-8, begins with a byte order mark, or escapes half a surrogate pair. */
    ENCODING,
    /** Objects and arrays nest deeper than the scanner was told to follow. */
    DEPTH,
    /** A member name is longer than the scanner was told to keep. */
    NAME_LENGTH,
    /** The handler said to stop. */
    STOPPED
}
