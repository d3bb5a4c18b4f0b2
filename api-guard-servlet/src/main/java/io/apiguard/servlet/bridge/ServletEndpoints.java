package io.apiguard.servlet.bridge;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import io.apiguard.GuardSettings;
import io.apiguard.RouteSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a context's plain servlets: what their mappings and the routes inside these mappings are.
 *
 * <p>Templates are relative to the context, as servlet mappings are: a context path is not part of them. A route
 * such as
 * {@code GET /orders/{id}} becomes an endpoint of the servlet that the container would choose for it. A mapping
 * is an endpoint itself if
 * annotations of the servlet say who may call, if a route names it (as {@code /orders/**} does), or if no route
 * lies inside it for a method
 * that the servlet has: without a policy the guard then refuses to start. Containers' default servlets, for GET and
 * HEAD, and their JSP servlets, for POST too, count as static resources; other servlets of theirs need a policy as the
 * application's do.
 *
 * <p>Immutable and thread-safe.
 */
public final class ServletEndpoints {

    private final List<Bound> bound;

    private ServletEndpoints(List<Bound> bound) {
        this.bound = List.copyOf(bound);
    }

    /**
     * One endpoint and the mapping it belongs to.
     *
     * @param servlet the servlet's name
     * @param pattern the mapping, as the container reports it
     * @param inside whether the endpoint's template is matched at run time; if not, it takes the whole mapping
     */
    record Bound(String servlet, String pattern, boolean inside, Endpoint endpoint) {}

    /** A servlet under one of its mappings. */
    private record Mapped(String servlet, ServletMapping mapping, ServletClass handler) {}

    /**
     * Finds the endpoints.
     *
     * @param context a context whose servlets are all registered
     * @param settings whose routes may lie inside mappings
     * @param foreign names of servlets that a framework guards
     * @return the endpoints of all others
     */
    public static ServletEndpoints of(ServletContext context, GuardSettings settings, Predicate<String> foreign) {
        List<Mapped> all = new ArrayList<>();
        new TreeMap<>(context.getServletRegistrations()).forEach((name, registration) -> {
            ServletClass handler = foreign.test(name) ? ServletClass.NONE : handler(context, name, registration);
            registration.getMappings().stream()
                    .sorted()
                    .forEach(pattern -> all.add(new Mapped(name, new ServletMapping(pattern), handler)));
        });
        List<Bound> bound = new ArrayList<>();
        for (Mapped mapped : all) {
            if (!foreign.test(mapped.servlet())) {
                bind(mapped, all, settings.routes(), bound);
            }
        }
        return new ServletEndpoints(bound);
    }

    private static ServletClass handler(ServletContext context, String name, ServletRegistration registration) {
        return ServletClass.of(context, name, registration.getClassName());
    }

    private static void bind(Mapped mapped, List<Mapped> all, List<RouteSettings> routes, List<Bound> bound) {
        if (mapped.handler().isStatic()) {
            bound.add(bound(mapped, null, mapped.handler().resources(), Kind.STATIC));
            return;
        }
        Set<String> covered = new LinkedHashSet<>();
        for (RouteSettings route : routes) {
            if (isInside(route, mapped, all)) {
                for (ServletClass.Operation operation :
                        mapped.handler().operations(route.endpoint().method())) {
                    bound.add(bound(mapped, route.endpoint().target(), operation, Kind.APPLICATION));
                    covered.add(operation.key());
                }
            }
        }
        for (ServletClass.Operation operation : mapped.handler().operations(null)) {
            if (operation.isAnnotated() || isNamed(mapped, operation, routes) || !covered.contains(operation.key())) {
                bound.add(bound(mapped, null, operation, Kind.APPLICATION));
            }
        }
    }

    /** Whether the container would choose the servlet, by this mapping, for the paths of a route. */
    private static boolean isInside(RouteSettings route, Mapped mapped, List<Mapped> all) {
        String target = route.endpoint().target();
        if (route.endpoint().isHandler()
                || mapped.mapping().isCoveredBy(target)
                || !mapped.mapping().takes(target)) {
            return false;
        }
        return all.stream()
                .noneMatch(other ->
                        other.mapping().takes(target) && other.mapping().isNearerThan(mapped.mapping()));
    }

    private static boolean isNamed(Mapped mapped, ServletClass.Operation operation, List<RouteSettings> routes) {
        return routes.stream()
                .map(RouteSettings::endpoint)
                .anyMatch(endpoint -> endpoint.isHandler()
                        ? operation.isNamed(endpoint.target())
                        : mapped.mapping().isCoveredBy(endpoint.target()) && operation.serves(endpoint.method()));
    }

    private static Bound bound(Mapped mapped, @Nullable String template, ServletClass.Operation operation, Kind kind) {
        Endpoint endpoint = new Endpoint(
                operation.methods(),
                template == null ? mapped.mapping().template() : template,
                operation.name(),
                operation.type(),
                operation.method(),
                Object.class,
                kind);
        return new Bound(mapped.servlet(), mapped.mapping().pattern(), template != null, endpoint);
    }

    /** {@return the endpoints, to be given to the guard that is built; unmodifiable} */
    public List<Endpoint> endpoints() {
        return bound.stream().map(Bound::endpoint).distinct().toList();
    }

    List<Bound> bound() {
        return bound;
    }
}
