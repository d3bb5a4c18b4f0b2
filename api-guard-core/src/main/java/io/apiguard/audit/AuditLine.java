package io.apiguard.audit;

import java.nio.charset.StandardCharsets;

/**
 * Writes an event as one line of JSON (RFC 8259), whatever its texts contain.
 *
 * <p>Line breaks of every kind, other control and invisible format characters, quotes and backslashes are escaped; half of a surrogate
 * pair becomes U+FFFD, since strict readers would refuse the whole line. A text of more than {@value #LONGEST_TEXT} characters is cut
 * there and ends in {@code …}; of a list the first {@value #MOST_ELEMENTS} elements are written. Members without a value are left out.
 */
public final class AuditLine {

    /** The most characters (UTF-16 code units) of one text. */
    public static final int LONGEST_TEXT = 1024;

    /** The most elements of one list. */
    public static final int MOST_ELEMENTS = 16;

    private AuditLine() {}

    /**
     * Writes an event as a text.
     *
     * @param event the event
     * @return one JSON object without a line break
     */
    public static String of(AuditEvent event) {
        LineEncoder line = new LineEncoder();
        line.encode(event);
        return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
