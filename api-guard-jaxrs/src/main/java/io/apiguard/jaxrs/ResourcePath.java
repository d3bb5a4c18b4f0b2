package io.apiguard.jaxrs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path template of Jakarta REST, matched as its section 3.7 says, but against a decoded canonical path.
 *
 * <p>The application's own regular expressions are used as they are: the framework runs them on the same input anyway.
 */
final class ResourcePath {

    /**
     * Literal characters, then variables, then variables with an expression of their own: the more of them, the
     * nearer.
     */
    static final Comparator<ResourcePath> NEAREST_FIRST = Comparator.<ResourcePath>comparingInt(path -> -path.literals)
            .thenComparingInt(path -> -path.variables.size())
            .thenComparingInt(path -> -path.expressions);

    private final Pattern pattern;
    private final List<Variable> variables = new ArrayList<>();
    private int literals;
    private int expressions;

    private record Variable(String name, int group) {}

    private ResourcePath(String template, boolean prefix) {
        StringBuilder regex = new StringBuilder();
        int groups = 0;
        for (int at = 0; at < template.length(); ) {
            int end = template.charAt(at) == '{' ? endOfVariable(template, at) : endOfLiteral(template, at);
            String part = template.substring(at, end);
            if (part.charAt(0) == '{') {
                groups += variable(part, groups, regex);
            } else {
                literals += part.length();
                regex.append(Pattern.quote(part));
            }
            at = end;
        }
        pattern = Pattern.compile(regex + (prefix ? "(?:/.*)?" : ""), Pattern.DOTALL);
    }

    /**
     * Reads a template.
     *
     * @param template the template, with a slash at its beginning and none at its end; empty for the root
     * @param prefix whether it may be followed by more segments
     */
    static ResourcePath of(String template, boolean prefix) {
        return new ResourcePath(template, prefix);
    }

    private static int endOfLiteral(String template, int from) {
        int end = template.indexOf('{', from);
        return end < 0 ? template.length() : end;
    }

    private static int endOfVariable(String template, int from) {
        int depth = 0;
        for (int i = from; i < template.length(); i++) {
            depth += template.charAt(i) == '{' ? 1 : template.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("the path template '" + template + "' has a '{' that is not closed");
    }

    /** Returns how many groups the variable takes: its own, and those of its expression. */
    private int variable(String part, int before, StringBuilder regex) {
        int colon = part.indexOf(':');
        String name = part.substring(1, colon < 0 ? part.length() - 1 : colon).strip();
        String expression = colon < 0
                ? "[^/]+?"
                : part.substring(colon + 1, part.length() - 1).strip();
        variables.add(new Variable(name, before + 1));
        expressions += colon < 0 ? 0 : 1;
        regex.append('(').append(expression).append(')');
        return 1 + Pattern.compile(expression).matcher("").groupCount();
    }

    /**
     * Matches a path.
     *
     * @param path the decoded path below the application's, with a slash at its beginning and none at its end;
     * empty for the root
     * @return the variables' values by name, or nothing if the path does not match
     */
    Optional<Map<String, String>> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach(variable -> values.putIfAbsent(variable.name(), matcher.group(variable.group())));
        return Optional.of(values);
    }

    /** Joins two templates or paths, each with or without slashes at its ends. */
    static String join(String first, String second) {
        String head = strip(first);
        String tail = strip(second);
        return head + tail;
    }

    private static String strip(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return from == to ? "" : "/" + path.substring(from, to);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
