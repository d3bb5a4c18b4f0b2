package io.apiguard.spring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.pattern.PathPatternParser;

/** Lists the routes of functional endpoints with the patterns they will be matched by. */
final class RouteScan implements RouterFunctions.Visitor {

    private final List<Route> routes = new ArrayList<>();
    private final Deque<Predicate> outer = new ArrayDeque<>(List.of(new Predicate()));

    private RouteScan() {}

    /**
     * One route.
     *
     * @param methods the request methods it takes; empty for all
     * @param pattern the whole pattern; {@link EndpointScan#ANY} if it has none
     * @param owner the class whose code it is, as far as that is known
     * @param resources whether it serves static files
     */
    record Route(Set<String> methods, String pattern, Class<?> owner, boolean resources) {}

    static List<Route> of(RouterFunction<?> function) {
        RouteScan scan = new RouteScan();
        function.accept(scan);
        return scan.routes;
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        outer.push(outer.element().and(predicate));
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        outer.pop();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        add(outer.element().and(predicate), handler.getClass(), false);
    }

    @Override
    public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
        add(outer.element(), lookup.getClass(), true);
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    /** A function that tells nothing of its routes: whatever it takes is one endpoint. */
    @Override
    public void unknown(RouterFunction<?> function) {
        add(outer.element(), function.getClass(), false);
    }

    private void add(Predicate predicate, Class<?> owner, boolean resources) {
        Set<String> patterns = predicate.patterns.isEmpty() ? Set.of(EndpointScan.ANY) : predicate.patterns;
        patterns.forEach(pattern -> routes.add(new Route(predicate.methods, pattern, owner, resources)));
    }

    /** The methods and patterns of a predicate; alternatives add up, and what is negated says nothing. */
    private static final class Predicate implements RequestPredicates.Visitor {
        private final Set<String> methods = new TreeSet<>();
        private final Set<String> patterns = new LinkedHashSet<>();
        private int negations;

        Predicate and(RequestPredicate more) {
            Predicate inner = new Predicate();
            more.accept(inner);
            Predicate both = new Predicate();
            both.methods.addAll(inner.methods.isEmpty() ? methods : inner.methods);
            both.patterns.addAll(patterns.isEmpty() ? inner.patterns : patterns);
            if (!patterns.isEmpty() && !inner.patterns.isEmpty()) {
                both.patterns.clear();
                patterns.forEach(start -> inner.patterns.forEach(end -> both.patterns.add(combined(start, end))));
            }
            return both;
        }

        private static String combined(String start, String end) {
            PathPatternParser parser = PathPatternParser.defaultInstance;
            return parser.parse(start).combine(parser.parse(end)).getPatternString();
        }

        @Override
        public void method(Set<HttpMethod> taken) {
            if (negations == 0) {
                taken.forEach(method -> methods.add(method.name()));
            }
        }

        @Override
        public void path(String pattern) {
            if (negations == 0) {
                patterns.add(pattern);
            }
        }

        @Override
        public void startNegate() {
            negations++;
        }

        @Override
        public void endNegate() {
            negations--;
        }

        @Override
        @SuppressWarnings("removal") // gone in a later Spring; until then it has to be there
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void param(String name, String value) {}

        /** Overrides a method that Spring has from version 7 on. */
        @SuppressWarnings({"unused", "EffectivelyPrivate"})
        public void version(String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
