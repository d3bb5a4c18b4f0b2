package io.apiguard.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route's path such as {@code /orders/{id}}, matched against the decoded segments of a {@link CanonicalPath}.
 *
 * <p>A segment is literal text, written decoded ({@code /caf\u00e9}), or one variable {@code {name}} that takes exactly
 * one segment. The last one may be {@code **} or {@code {*name}}, which take any number of segments, none included. A
 * variable beside text in one segment and regular expressions are not supported. Case matters. A template that no
 * canonical path can match is refused when it is made.
 *
 * <p>Immutable and thread-safe.
 */
public final class PathTemplate {

    /**
     * Orders templates so that the first one that matches a path is the most specific: left to right, literal text
     * before a variable, both before {@code **}. Two templates that compare as equal have the same {@link #shape()}.
     */
    public static final Comparator<PathTemplate> MOST_SPECIFIC_FIRST = PathTemplate::compareParts;

    private static final String REST = "**";

    private final String text;
    private final List<Part> parts;

    private PathTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** One segment: literal text has no name; the rest may have one. */
    private record Part(Kind kind, String literal, @Nullable String name) {

        String shape() {
            return switch (kind) {
                case LITERAL -> literal;
                case VARIABLE -> "{}";
                case REST -> REST;
            };
        }
    }

    /** In order of specificity. */
    private enum Kind {
        LITERAL,
        VARIABLE,
        REST
    }

    /**
     * Reads a template.
     *
     * @param text the template, beginning with a slash
     * @return the template
     * @throws IllegalArgumentException if the text is malformed, names a variable twice, or could never match; the
     *     message says why
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw refused(text, "must begin with '/'");
        }
        List<Part> parts = new ArrayList<>();
        if (text.length() > 1) {
            for (String segment : text.substring(1).split("/", -1)) {
                parts.add(part(text, segment));
            }
        }
        requireRestIsLast(text, parts);
        requireNamesAreUnique(text, parts);
        return new PathTemplate(text, List.copyOf(parts));
    }

    private static Part part(String text, String segment) {
        if (segment.equals(REST)) {
            return new Part(Kind.REST, "", null);
        }
        if (segment.startsWith("{*") && segment.endsWith("}")) {
            return new Part(Kind.REST, "", name(text, segment.substring(2, segment.length() - 1)));
        }
        if (segment.startsWith("{") && segment.endsWith("}")) {
            return new Part(Kind.VARIABLE, "", name(text, segment.substring(1, segment.length() - 1)));
        }
        if (segment.isEmpty()) {
            throw refused(text, "has an empty segment or a trailing slash, so no canonical path can match");
        }
        if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0 || segment.indexOf('*') >= 0) {
            throw refused(text, "may have '{name}', '{*name}' and '**' as whole segments only");
        }
        if (!CanonicalPath.isDecodedSegment(segment)) {
            throw refused(text, "has a segment that no canonical path has; write it decoded and without delimiters");
        }
        return new Part(Kind.LITERAL, segment, null);
    }

    private static String name(String text, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Syntax.isAlphanumeric(c) && c != '_' && c != '-' && c != '.') {
                throw refused(text, "has a variable name with other characters than letters, digits, '_', '-' and '.'");
            }
        }
        if (name.isEmpty()) {
            throw refused(text, "has a variable without a name");
        }
        return name;
    }

    private static void requireRestIsLast(String text, List<Part> parts) {
        for (int i = 0; i < parts.size() - 1; i++) {
            if (parts.get(i).kind() == Kind.REST) {
                throw refused(text, "may have '**' and '{*name}' at its end only");
            }
        }
    }

    private static void requireNamesAreUnique(String text, List<Part> parts) {
        Set<String> names = new HashSet<>();
        for (Part part : parts) {
            String name = part.name();
            if (name != null && !names.add(name)) {
                throw refused(text, "has the variable '" + name + "' twice");
            }
        }
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("the path template '" + text + "' " + why);
    }

    /**
     * Matches a path.
     *
     * @param path the canonical path
     * @return the variables by name (that of {@code {*name}} joined by slashes, perhaps empty), or nothing if the path
     *     does not match
     */
    public Optional<Map<String, String>> match(CanonicalPath path) {
        List<String> segments = path.segments();
        if (!fits(segments)) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i).name();
            if (name != null) {
                boolean rest = parts.get(i).kind() == Kind.REST;
                variables.put(name, rest ? String.join("/", segments.subList(i, segments.size())) : segments.get(i));
            }
        }
        return Optional.of(Map.copyOf(variables));
    }

    /**
     * Returns whether a path matches, without collecting variables.
     *
     * @param path the canonical path
     * @return whether it does
     */
    public boolean matches(CanonicalPath path) {
        return fits(path.segments());
    }

    private boolean fits(List<String> segments) {
        int single = hasRest() ? parts.size() - 1 : parts.size();
        if (hasRest() ? segments.size() < single : segments.size() != single) {
            return false;
        }
        for (int i = 0; i < single; i++) {
            Part part = parts.get(i);
            if (part.kind() == Kind.LITERAL && !part.literal().equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasRest() {
        return !parts.isEmpty() && parts.get(parts.size() - 1).kind() == Kind.REST;
    }

    private static int compareParts(PathTemplate left, PathTemplate right) {
        for (int i = 0; i < Math.max(left.parts.size(), right.parts.size()); i++) {
            int order = left.kindAt(i).compareTo(right.kindAt(i));
            if (order != 0) {
                return order;
            }
        }
        return left.shape().compareTo(right.shape());
    }

    /** A path's end is as specific as literal text, so {@code /a} comes before {@code /a/**}. */
    private Kind kindAt(int index) {
        return index < parts.size() ? parts.get(index).kind() : Kind.LITERAL;
    }

    /** {@return the template with the names of its variables left out: templates of one shape match the same paths} */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        parts.forEach(part -> shape.append('/').append(part.shape()));
        return shape.isEmpty() ? "/" : shape.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the template as written} */
    @Override
    public String toString() {
        return text;
    }
}
