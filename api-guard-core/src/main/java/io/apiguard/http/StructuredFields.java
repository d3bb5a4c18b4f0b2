package io.apiguard.http;

import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;

/**
 * Writes the bare items of structured fields that the guard sends (RFC 9651 section 4.1).
 *
 * <p>Stateless and thread-safe.
 */
public final class StructuredFields {

    /** The largest Integer there is (RFC 9651 section 3.3.1). */
    public static final long LARGEST_INTEGER = 999_999_999_999_999L;

    private StructuredFields() {}

    /**
     * Returns a String (section 4.1.6): quoted, with quotes and backslashes escaped.
     *
     * @param text visible ASCII and space
     * @return the serialised item
     * @throws IllegalArgumentException if the text has another character
     */
    public static String string(String text) {
        try {
            return FieldWriter.bareItem(new BareItem.Text(text));
        } catch (MalformedField e) {
            throw new IllegalArgumentException("a String of a structured field must be visible ASCII and space", e);
        }
    }

    /**
     * Returns a non-negative Integer (section 4.1.4).
     *
     * @param value the value, brought into the range from 0 to {@link #LARGEST_INTEGER}
     * @return the serialised item
     */
    public static String integer(long value) {
        return FieldWriter.bareItem(new BareItem.Whole(Math.max(0, Math.min(value, LARGEST_INTEGER))));
    }
}
