package io.apiguard;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint a route is about, as it is written: {@code GET /orders/{id}}, {@code /admin/**} or {@code OrdersController.get}.
 *
 * @param method the HTTP method, or {@code null} for all
 * @param target a path template that starts with a slash, or the name of a handler
 */
public record RouteEndpoint(@Nullable String method, String target) {

    private static final Pattern SEGMENT = Pattern.compile(
            "[A-Za-z0-9._~!$&'()+,=:@-]++|\\*{1,2}|[A-Za-z0-9._~-]*+\\{[A-Za-z_][A-Za-z0-9_-]*+}[A-Za-z0-9._~-]*+");
    private static final Pattern HANDLER =
            Pattern.compile("[\\p{Alpha}_$][\\p{Alnum}_$]*+(?:\\.[\\p{Alpha}_$][\\p{Alnum}_$]*+)++");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{3,20}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the target is neither a canonical path template nor a handler's name, or a handler has a
     *     method; the message says how to write it
     */
    public RouteEndpoint {
        boolean handler = method == null && HANDLER.matcher(target).matches();
        boolean known = method == null || METHOD.matcher(method).matches();
        if (!handler && !(known && isTemplate(target))) {
            throw new IllegalArgumentException(
                    "Write an endpoint as GET /orders/{id}, /admin/** or OrdersController.get");
        }
    }

    /**
     * Reads an endpoint.
     *
     * @param text a path template with or without a method before it, or a handler's name
     * @return the endpoint
     * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
     */
    public static RouteEndpoint parse(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        return parts.length == 2 ? new RouteEndpoint(parts[0], parts[1]) : new RouteEndpoint(null, parts[0]);
    }

    /** {@return whether the target is the name of a handler and not a path template} */
    public boolean isHandler() {
        return target.charAt(0) != '/';
    }

    static boolean isTemplate(String path) {
        if (path.equals("/")) {
            return true;
        }
        String[] segments = path.split("/", -1);
        boolean canonical = segments.length > 1 && segments[0].isEmpty();
        for (int i = 1; i < segments.length; i++) {
            canonical &= isSegment(segments[i]) && (!segments[i].equals("**") || i == segments.length - 1);
        }
        return canonical;
    }

    private static boolean isSegment(String segment) {
        return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
    }

    @Override
    public String toString() {
        return method == null ? target : method + " " + target;
    }
}
