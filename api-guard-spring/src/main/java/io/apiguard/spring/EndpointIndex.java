package io.apiguard.spring;

import io.apiguard.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;

/** Finds the endpoint that a matched request has come to. Immutable and thread-safe. */
final class EndpointIndex {

    private final List<EndpointScan.Served> served;
    private final Map<Key, List<Endpoint>> byKey = new LinkedHashMap<>();

    private record Key(Object handler, String pattern) {}

    /** Indexes what a scan has found; equal endpoints are one object, the first. */
    EndpointIndex(List<EndpointScan.Served> found) {
        served = List.copyOf(found);
        Map<Endpoint, Endpoint> unique = new LinkedHashMap<>();
        Map<Key, Set<Endpoint>> sets = new LinkedHashMap<>();
        for (EndpointScan.Served one : served) {
            Endpoint endpoint = unique.computeIfAbsent(one.endpoint(), own -> own);
            sets.computeIfAbsent(new Key(one.handler(), one.pattern()), key -> new LinkedHashSet<>())
                    .add(endpoint);
        }
        sets.forEach((key, endpoints) -> byKey.put(key, List.copyOf(endpoints)));
    }

    /** An index of more handlers. */
    EndpointIndex plus(List<EndpointScan.Served> more) {
        return new EndpointIndex(Stream.concat(served.stream(), more.stream()).toList());
    }

    /** The endpoints, each once. */
    List<Endpoint> endpoints() {
        return byKey.values().stream().flatMap(List::stream).distinct().toList();
    }

    /**
     * Finds the endpoint of a request.
     *
     * @param handler the handler that Spring chose
     * @param request the request, with the attributes that handler mappings set
     * @return the endpoint; empty if the scan at start-up did not find it, or it cannot be told from another
     */
    Optional<Endpoint> find(Object handler, HttpServletRequest request) {
        Object key = keyOf(handler);
        Object attribute = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String pattern = attribute == null ? EndpointScan.ANY : attribute.toString();
        List<Endpoint> candidates = byKey.get(new Key(key, pattern));
        if (candidates == null && pattern.endsWith("/")) {
            candidates = byKey.get(new Key(key, pattern.substring(0, pattern.length() - 1)));
        }
        if (candidates == null) {
            candidates = byKey.get(new Key(key, EndpointScan.ANY));
        }
        return candidates == null ? Optional.empty() : pick(candidates, request.getMethod());
    }

    private static Object keyOf(Object handler) {
        if (handler instanceof HandlerMethod method) {
            return method.getMethod();
        }
        return handler instanceof HandlerFunction ? HandlerFunction.class : EndpointScan.userClassOf(handler);
    }

    private static Optional<Endpoint> pick(List<Endpoint> candidates, String method) {
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0));
        }
        String served = method.equals("HEAD") ? "GET" : method;
        List<Endpoint> fitting = candidates.stream()
                .filter(endpoint -> endpoint.methods().isEmpty()
                        || endpoint.methods().contains(served)
                        || endpoint.methods().contains(method))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }
}
