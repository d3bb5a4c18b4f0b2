package io.apiguard.servlet.bridge;

import io.apiguard.Endpoint;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.Header;
import io.apiguard.http.PathTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gate 2 for plain servlets: finds the endpoint of a dispatch by the mapping the container chose and, inside it,
 * by the most specific
 * template that takes path and method.
 *
 * <p>Immutable and thread-safe.
 */
final class ServletGate {

    private static final Comparator<Entry> ORDER = Comparator.comparing(
                    Entry::template, Comparator.nullsLast(PathTemplate.MOST_SPECIFIC_FIRST))
            .thenComparing(entry -> entry.methods().isEmpty());

    private final Map<Key, List<Entry>> entries = new HashMap<>();

    ServletGate(Guard guard, ServletEndpoints endpoints) {
        for (ServletEndpoints.Bound bound : endpoints.bound()) {
            Endpoint endpoint = bound.endpoint();
            Optional<EndpointPolicy> policy = guard.policyOf(endpoint);
            PathTemplate template = bound.inside() ? PathTemplate.parse(endpoint.template()) : null;
            policy.ifPresent(found -> entries.computeIfAbsent(
                            new Key(bound.servlet(), bound.pattern()), key -> new ArrayList<>())
                    .add(new Entry(template, endpoint.methods(), found)));
        }
        entries.values().forEach(list -> list.sort(ORDER));
    }

    private record Key(String servlet, String pattern) {}

    /** An endpoint; it takes the whole mapping if it has no template. */
    private record Entry(@Nullable PathTemplate template, List<String> methods, EndpointPolicy policy) {

        boolean takes(CanonicalPath path) {
            return !isAbsent() && (template == null || template.matches(path));
        }

        /** HEAD follows GET. */
        boolean serves(String method) {
            return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
        }

        Map<String, String> variables(CanonicalPath path) {
            return template == null ? Map.of() : template.match(path).orElse(Map.of());
        }

        /** What a container serves by itself and nobody may call is as if it were not there. */
        private boolean isAbsent() {
            return policy.endpoint().kind() == Endpoint.Kind.STATIC
                    && policy.access().access() == Access.DENIED;
        }
    }

    private List<Entry> entries(Dispatch dispatch) {
        return entries.getOrDefault(new Key(dispatch.servlet(), dispatch.pattern()), List.of());
    }

    /** Whether an endpoint of the application's own takes the dispatch. */
    boolean knows(Dispatch dispatch) {
        CanonicalPath path = dispatch.path();
        return path != null && entries(dispatch).stream().anyMatch(entry -> entry.takes(path));
    }

    /**
     * Decides about a dispatch, and answers it if it may not go on.
     *
     * @return whether the servlet may be called
     */
    boolean admit(GuardedExchange exchange, Dispatch dispatch) throws IOException {
        CanonicalPath path = dispatch.path();
        if (path != null) {
            for (Entry entry : entries(dispatch)) {
                if (entry.serves(dispatch.method()) && entry.takes(path)) {
                    return exchange.admit(entry.policy(), () -> entry.variables(path));
                }
            }
        }
        return exchange.reports() || refuse(exchange, dispatch);
    }

    private boolean refuse(GuardedExchange exchange, Dispatch dispatch) throws IOException {
        Set<String> allowed = allowed(dispatch);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (allowed.isEmpty()) {
            exchange.refuse(404, List.of());
        } else {
            exchange.refuse(405, List.of(new Header("Allow", String.join(", ", allowed))));
        }
        return false;
    }

    private Set<String> allowed(Dispatch dispatch) {
        CanonicalPath path = dispatch.path();
        Set<String> allowed = new TreeSet<>();
        if (path != null) {
            for (Entry entry : entries(dispatch)) {
                allowed.addAll(entry.takes(path) ? entry.methods() : List.of());
            }
        }
        return allowed;
    }
}
