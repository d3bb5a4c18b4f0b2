package io.apiguard.redaction;

import io.apiguard.field.Audience;
import io.apiguard.field.FieldRule;
import io.apiguard.field.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A rule that masks the values at a path of a document, such as {@code $.card.number}, {@code $.items[*].secret} or
 * {@code $..password}.
 *
 * <p>The notation is a part of JSONPath (RFC 9535): {@code $} is the root; {@code .name} and {@code ['any name']} a
 * member; {@code .*} any member; {@code [3]} an element, {@code [*]} any element; {@code ..name} a member at any
 * depth. Names are letters, digits, {@code _}, {@code -} and {@code $}, or quoted. Immutable and thread-safe.
 */
public final class PathRule {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_STEPS = 64;

    private final String path;
    private final List<Segment> segments;
    private final FieldRule rule;

    private PathRule(String path, List<Segment> segments, FieldRule rule) {
        this.path = path;
        this.segments = segments;
        this.rule = rule;
    }

    /**
     * Reads a rule that masks for everybody.
     *
     * @param path where the values are
     * @param mask what is shown instead
     * @return the rule
     * @throws IllegalArgumentException if the path cannot be read; the message names it, the place and what was
     *     expected there
     */
    public static PathRule of(String path, Mask mask) {
        return of(path, mask, Audience.nobody());
    }

    /**
     * Reads a rule that masks for everybody but one audience.
     *
     * @param path where the values are
     * @param mask what is shown instead
     * @param audience who sees them
     * @return the rule
     * @throws IllegalArgumentException if the path cannot be read; the message names it, the place and what was
     *     expected there
     */
    public static PathRule of(String path, Mask mask, Audience audience) {
        Objects.requireNonNull(audience, "audience");
        return new PathRule(path, new Parser(path).parse(), FieldRule.of(mask, audience));
    }

    /** {@return the path as it was given} */
    public String path() {
        return path;
    }

    /** {@return what becomes of the values} */
    public FieldRule rule() {
        return rule;
    }

    List<Segment> segments() {
        return segments;
    }

    @Override
    public String toString() {
        return "PathRule[" + path + " " + rule.mask() + "]";
    }

    /** One step of a path. */
    sealed interface Segment {

        /** Any number of members and elements, none included. */
        record Descend() implements Segment {}

        /** The member of the name. */
        record Member(String name) implements Segment {}

        /** Any member. */
        record AnyMember() implements Segment {}

        /** The element at the index. */
        record Element(int index) implements Segment {}

        /** Any element. */
        record AnyElement() implements Segment {}
    }

    /** Reads a path from left to right. */
    private static final class Parser {
        private final String path;
        private final List<Segment> segments = new ArrayList<>();
        private int at;

        Parser(String path) {
            this.path = path;
        }

        List<Segment> parse() {
            if (path.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "path rule of " + path.length() + " characters: expected at most " + MAX_LENGTH);
            }
            expect('$', "'$', the root");
            while (at < path.length()) {
                segment();
            }
            if (segments.size() > MAX_STEPS) {
                throw wrong("at most " + MAX_STEPS + " steps");
            }
            return List.copyOf(segments);
        }

        private void segment() {
            if (path.startsWith("..", at)) {
                at += 2;
                segments.add(new Segment.Descend());
                segments.add(next('[') ? bracket() : new Segment.Member(name()));
            } else if (next('.')) {
                segments.add(next('*') ? new Segment.AnyMember() : new Segment.Member(name()));
            } else {
                expect('[', "'.', '..' or '['");
                segments.add(bracket());
            }
        }

        private Segment bracket() {
            Segment segment;
            if (next('*')) {
                segment = new Segment.AnyElement();
            } else if (next('\'')) {
                segment = new Segment.Member(quoted('\''));
            } else if (next('"')) {
                segment = new Segment.Member(quoted('"'));
            } else {
                segment = new Segment.Element(index());
            }
            expect(']', "']'");
            return segment;
        }

        private String name() {
            int start = at;
            while (at < path.length() && isNameCharacter(path.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw wrong(
                        "a member name; quote it as ['...'] if it has other characters than letters, digits, _, - and $");
            }
            return path.substring(start, at);
        }

        private static boolean isNameCharacter(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$';
        }

        private String quoted(char quote) {
            int end = path.indexOf(quote, at);
            if (end < 0 || path.substring(at, end).indexOf('\\') >= 0) {
                throw wrong("a name without backslashes and the quote " + quote);
            }
            String name = path.substring(at, end);
            at = end + 1;
            return name;
        }

        private int index() {
            int start = at;
            while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
                at++;
            }
            if (at == start || at - start > 9) {
                at = start;
                throw wrong("'*', a quoted name or an index of at most nine digits");
            }
            return Integer.parseInt(path.substring(start, at));
        }

        private boolean next(char c) {
            boolean found = at < path.length() && path.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        private void expect(char c, String what) {
            if (!next(c)) {
                throw wrong(what);
            }
        }

        private IllegalArgumentException wrong(String expected) {
            return new IllegalArgumentException(
                    "path rule \"" + path + "\": expected " + expected + " at character " + (at + 1));
        }
    }
}
