package io.apiguard;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells which endpoints a route of the settings names: those whose template it writes, or is a prefix of ({@code /admin/**}), or whose
 * handler it names.
 *
 * <p>The names of template variables do not matter: {@code /orders/{id}} names {@code /orders/{orderId}} too.
 */
final class RouteMatcher {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/{}]*+(?:\\{[^{}]*+\\}[^/{}]*+)*+\\}");

    private final RouteEndpoint named;
    private final String template;

    RouteMatcher(RouteEndpoint named) {
        this.named = named;
        this.template = named.isHandler() ? "" : withoutNames(named.target());
    }

    /** Whether the route names the endpoint and both have a method in common. */
    boolean names(Endpoint endpoint) {
        return (named.isHandler() ? isHandler(endpoint) : isTemplate(endpoint.template())) && sharesMethod(endpoint);
    }

    /** Whether the route covers every method of an endpoint that it names; HEAD goes with GET. */
    boolean coversAllMethodsOf(Endpoint endpoint) {
        String method = named.method();
        if (method == null) {
            return true;
        }
        List<String> others = endpoint.methods().stream()
                .filter(served -> !served.equals(method) && !(method.equals("GET") && served.equals("HEAD")))
                .toList();
        return !endpoint.methods().isEmpty() && others.isEmpty();
    }

    private boolean sharesMethod(Endpoint endpoint) {
        String method = named.method();
        return method == null
                || endpoint.methods().isEmpty()
                || endpoint.methods().contains(method);
    }

    private boolean isHandler(Endpoint endpoint) {
        Class<?> type = endpoint.handlerClass();
        String method = endpoint.handlerMethod() == null
                ? ""
                : "." + endpoint.handlerMethod().getName();
        return named.target().equals(endpoint.handler())
                || type != null && named.target().equals(type.getName() + method);
    }

    private boolean isTemplate(String other) {
        String theirs = withoutNames(other);
        if (!template.endsWith("/**")) {
            return theirs.equals(template);
        }
        String parent = template.substring(0, template.length() - 3);
        return theirs.equals(parent) || theirs.startsWith(parent + "/");
    }

    private static String withoutNames(String template) {
        String plain = VARIABLE.matcher(template).replaceAll("{}");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
