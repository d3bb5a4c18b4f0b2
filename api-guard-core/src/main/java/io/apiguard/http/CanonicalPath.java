package io.apiguard.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request path that every proxy, server and framework reads the same way, with its decoded segments for matching.
 *
 * <p>Whatever two readers could understand differently is refused by {@link #parse} and never repaired: path parameters
 * ({@code ;}), empty segments ({@code //}), a trailing slash (Spring 6 tells {@code /orders/} from {@code /orders},
 * Jakarta REST does not), dot segments, backslashes, characters that RFC 3986 section 3.3 does not allow raw,
 * percent-encoding of unreserved characters ({@code %61}, {@code %2e}) and of delimiters ({@code %2F}, {@code %5C},
 * {@code %25}, {@code %3B}, {@code %3F}, {@code %23}), control characters and line separators in any form, white space
 * at either end of a segment, and anything but shortest-form UTF-8. So no segment has a percent sign left, and decoding
 * once more changes nothing. Other encodings, such as {@code %20} inside a segment, {@code %40} or {@code %C3%A9}, are
 * what clients must send and are allowed. Case matters; nothing depends on the default locale.
 *
 * <p>Immutable and thread-safe; made by {@link #parse} only.
 */
public final class CanonicalPath implements PathResult {

    /** The longest path in characters as received; a longer one is refused with 414. */
    public static final int MAX_LENGTH = 8192;

    private static final String SUB_DELIMITERS_WITHOUT_SEMICOLON = "!$&'()*+,=:@";
    private static final String NEVER_ENCODED = "/\\%;?#";
    private static final boolean[] UNRESERVED = new boolean[128];
    private static final boolean[] RAW = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            UNRESERVED[c] = Syntax.isAlphanumeric(c) || "-._~".indexOf(c) >= 0;
            RAW[c] = UNRESERVED[c] || SUB_DELIMITERS_WITHOUT_SEMICOLON.indexOf(c) >= 0;
        }
    }

    private final String raw;
    private final List<String> segments;

    private CanonicalPath(String raw, List<String> segments) {
        this.raw = raw;
        this.segments = segments;
    }

    /**
     * Judges a path as received.
     *
     * @param raw the path component of the request target, still percent-encoded
     * @return the canonical path, or a violation with status 400 (414 if it is too long)
     */
    public static PathResult parse(String raw) {
        if (raw.length() > MAX_LENGTH) {
            return new Violation(414, "path-too-long", "Shorten the request target.");
        }
        if (raw.equals("*")) {
            return refused("path-asterisk-form");
        }
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return refused("path-not-absolute");
        }
        if (raw.length() == 1) {
            return new CanonicalPath(raw, List.of());
        }
        return parseSegments(raw);
    }

    private static PathResult parseSegments(String raw) {
        List<String> segments = new ArrayList<>(8);
        for (int from = 1; from <= raw.length(); ) {
            int slash = raw.indexOf('/', from);
            int to = slash < 0 ? raw.length() : slash;
            if (from == to) {
                return refused(slash < 0 ? "path-trailing-slash" : "path-empty-segment");
            }
            SegmentReader reader = new SegmentReader(raw, from, to);
            String segment = reader.read();
            if (segment == null) {
                return refused(reader.reason);
            }
            segments.add(segment);
            from = to + 1;
        }
        return new CanonicalPath(raw, List.copyOf(segments));
    }

    private static Violation refused(String code) {
        return new Violation(400, code, "Send the path in its canonical form.");
    }

    /** {@return the path as received} */
    public String raw() {
        return raw;
    }

    /** {@return the decoded segments in order, none of them empty; unmodifiable, and empty for the root} */
    public List<String> segments() {
        return segments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CanonicalPath that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return raw;
    }

    /** {@return whether a decoded segment is one that {@link #parse} could have produced} */
    static boolean isDecodedSegment(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (NEVER_ENCODED.indexOf(c) >= 0 || isForbidden(c)) {
                return false;
            }
        }
        return !segment.isEmpty() && !isDots(segment) && !hasSpaceAtEdge(segment);
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }

    private static boolean isDots(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSpaceAtEdge(String segment) {
        return isSpace(segment.charAt(0)) || isSpace(segment.charAt(segment.length() - 1));
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Decodes one segment, or says why not. */
    private static final class SegmentReader {

        private final String raw;
        private final int from;
        private final int to;
        private String reason = "path-invalid-character";
        private int at;

        SegmentReader(String raw, int from, int to) {
            this.raw = raw;
            this.from = from;
            this.to = to;
            this.at = from;
        }

        @Nullable String read() {
            for (; at < to; at++) {
                char c = raw.charAt(at);
                if (c == '%') {
                    return finish(decode());
                }
                if (c >= 128 || !RAW[c]) {
                    return refuseRaw(c);
                }
            }
            return finish(raw.substring(from, to));
        }

        private @Nullable String refuseRaw(char c) {
            return switch (c) {
                case ';' -> refuse("path-parameter");
                case '\\' -> refuse("path-backslash");
                default -> refuse(c < ' ' || c == 127 ? "path-control-character" : "path-invalid-character");
            };
        }

        private @Nullable String finish(@Nullable String segment) {
            if (segment == null) {
                return null;
            }
            if (isDots(segment)) {
                return refuse("path-dot-segment");
            }
            return hasSpaceAtEdge(segment) ? refuse("path-space-at-segment-edge") : segment;
        }

        /** Goes on from the first percent sign. */
        private @Nullable String decode() {
            StringBuilder decoded = new StringBuilder(to - from).append(raw, from, at);
            while (at < to) {
                char c = raw.charAt(at);
                if (c == '%') {
                    if (!decodeEscape(decoded)) {
                        return null;
                    }
                } else if (c >= 128 || !RAW[c]) {
                    return refuseRaw(c);
                } else {
                    decoded.append(c);
                    at++;
                }
            }
            return decoded.toString();
        }

        private boolean decodeEscape(StringBuilder decoded) {
            int lead = nextByte();
            if (lead < 0) {
                return fail("path-bad-escape");
            }
            int codePoint = lead < 0x80 ? lead : decodeMultibyte(lead);
            if (codePoint < 0) {
                return fail("path-invalid-utf8");
            }
            if (isForbidden(codePoint)) {
                return fail("path-control-character");
            }
            if (codePoint < 128 && (UNRESERVED[codePoint] || NEVER_ENCODED.indexOf(codePoint) >= 0)) {
                return fail(UNRESERVED[codePoint] ? "path-needless-escape" : "path-encoded-delimiter");
            }
            decoded.appendCodePoint(codePoint);
            return true;
        }

        /**
         * Reads the rest of a UTF-8 sequence (RFC 3629 section 4); -1 if it is not well-formed in its shortest form.
         */
        private int decodeMultibyte(int lead) {
            int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
            if (lead < 0xC2 || lead > 0xF4) {
                return -1;
            }
            int codePoint = lead & (0x3F >> more);
            for (int i = 0; i < more; i++) {
                int next = nextByte();
                if (next < 0x80 || next > 0xBF) {
                    return -1;
                }
                codePoint = codePoint << 6 | (next & 0x3F);
            }
            boolean overlong = (more == 2 && codePoint < 0x800) || (more == 3 && codePoint < 0x10000);
            boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
            return overlong || surrogate || codePoint > 0x10FFFF ? -1 : codePoint;
        }

        /** Reads one {@code %XX}; -1 if there is none. */
        private int nextByte() {
            if (at + 2 >= to || raw.charAt(at) != '%') {
                return -1;
            }
            int high = hex(raw.charAt(at + 1));
            int low = hex(raw.charAt(at + 2));
            at += 3;
            return high < 0 || low < 0 ? -1 : high << 4 | low;
        }

        private static int hex(char c) {
            return c < 128 ? Character.digit(c, 16) : -1;
        }

        private @Nullable String refuse(String code) {
            reason = code;
            return null;
        }

        private boolean fail(String code) {
            reason = code;
            return false;
        }
    }
}
