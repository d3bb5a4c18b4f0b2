package io.apiguard;

import io.apiguard.EndpointPolicy.BodyRule;
import io.apiguard.EndpointPolicy.EndpointLimit;
import io.apiguard.authz.AccessRule;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.AccessRule.NamedCheck;
import io.apiguard.authz.ObjectCheck;
import io.apiguard.authz.StepUp;
import io.apiguard.http.ContentTypeRules;
import io.apiguard.ratelimit.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the policy of every endpoint from its annotations and the routes that name it, and collects all that is wrong instead of stopping at
 * the first.
 */
final class PolicyCompiler {

    private final GuardSettings settings;
    private final Map<String, ObjectCheck> checks;
    private final FieldPlans fieldPlans;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Limit> limitsByName = new HashMap<>();

    PolicyCompiler(GuardSettings settings, Map<String, ObjectCheck> checks, FieldPlans fieldPlans) {
        this.settings = settings;
        this.checks = checks;
        this.fieldPlans = fieldPlans;
    }

    /**
     * Compiles all endpoints.
     *
     * @throws GuardConfigurationException if anything is wrong; the message lists all of it
     */
    List<EndpointPolicy> compile(List<Endpoint> endpoints) {
        List<EndpointPolicy> policies = endpoints.stream().map(this::compile).toList();
        reportUnboundRoutes(endpoints);
        if (!problems.isEmpty()) {
            throw new GuardConfigurationException(problems);
        }
        return policies;
    }

    private EndpointPolicy compile(Endpoint endpoint) {
        Declared declared = new Declared();
        AnnotationReader.read(endpoint, declared);
        List<RouteSettings> routes = routesOf(endpoint);
        routes.forEach(route -> read(route, endpoint, declared));
        declared.conflicts()
                .forEach(conflict -> problem(endpoint, conflict + ". Remove one of the two, or what names nothing"));
        AccessRule access = access(endpoint, declared);
        List<RedactionRuleText> redactions =
                routes.stream().flatMap(route -> route.redact().stream()).toList();
        return new EndpointPolicy(
                endpoint,
                access,
                limits(endpoint, declared),
                bodyRule(routes),
                fieldPlans.compile(endpoint.responseType(), redactions),
                declared,
                routes.stream().anyMatch(RouteSettings::report));
    }

    private List<RouteSettings> routesOf(Endpoint endpoint) {
        return settings.routes().stream()
                .filter(route -> new RouteMatcher(route.endpoint()).names(endpoint))
                .toList();
    }

    private void read(RouteSettings route, Endpoint endpoint, Declared declared) {
        if (!new RouteMatcher(route.endpoint()).coversAllMethodsOf(endpoint)) {
            problem(
                    endpoint,
                    "route '" + route.endpoint() + "' names only one of the methods that this handler serves. "
                            + "Write the route without a method");
        }
        if (route.access() != null) {
            declared.restrict(Access.valueOf(route.access().name()));
        }
        if (!route.scopes().isEmpty()) {
            declared.demandScopes(route.scopes());
        }
        if (!route.roles().isEmpty()) {
            declared.demandAnyRole(route.roles());
        }
        if (!route.objectChecks().isEmpty()) {
            declared.demandChecks(route.objectChecks());
        }
        StepUp stepUp = new StepUp(Set.copyOf(route.acr()), route.maxAuthAge(), route.boundOnly());
        if (!stepUp.isNone()) {
            declared.demandStepUp(stepUp);
        }
        readLimits(route, declared);
        declared.action(route.auditAction() == null ? "" : route.auditAction());
        declared.source("route " + route.endpoint());
    }

    private void readLimits(RouteSettings route, Declared declared) {
        int unnamed = 0;
        for (LimitText text : settings.limitsOf(route)) {
            unnamed += text.name() == null ? 1 : 0;
            String own = "route " + route.endpoint() + (unnamed == 1 ? "" : " #" + unnamed);
            declared.limit(limit(text, text.name() == null ? own : text.name()));
        }
    }

    private static EndpointLimit limit(LimitText text, String name) {
        Limit limit = Limit.of(text.requests(), text.period()).by(text.key()).named(name);
        return new EndpointLimit(limit, text.cost());
    }

    private AccessRule access(Endpoint endpoint, Declared declared) {
        Access base = declared.access();
        if (base == null) {
            base = defaultAccess(endpoint);
        }
        if (base == null) {
            problem(endpoint, "nothing says who may call it. " + remedy(endpoint));
            return AccessRule.nobody();
        }
        if (base == Access.PUBLIC) {
            return AccessRule.everyone();
        }
        return new AccessRule(
                base, declared.scopes(), List.copyOf(declared.roles()), checks(endpoint, declared), declared.stepUp());
    }

    private static String remedy(Endpoint endpoint) {
        return endpoint.handlerClass() == null
                ? "Add a route that names it and says access, scopes, roles or object-checks"
                : "Put @PublicEndpoint, @Authenticated, @RequiresScopes, @RequiresRoles or @RequiresObjectAccess on the"
                        + " handler, or add a route with access";
    }

    private @Nullable Access defaultAccess(Endpoint endpoint) {
        FrameworkSettings framework = settings.framework();
        GuardSettings.Access access =
                switch (endpoint.kind()) {
                    case APPLICATION -> null;
                    case ERROR -> GuardSettings.Access.DENIED;
                    case HEALTH -> framework.health();
                    case MANAGEMENT -> framework.actuator();
                    case STATIC -> framework.staticResources();
                    case API_DOCS -> framework.apiDocs();
                };
        return access == null ? null : Access.valueOf(access.name());
    }

    private List<NamedCheck> checks(Endpoint endpoint, Declared declared) {
        List<NamedCheck> found = new ArrayList<>();
        for (String name : declared.checks()) {
            ObjectCheck check = checks.get(name);
            if (check == null) {
                problem(
                        endpoint,
                        "object check '" + name + "' is not registered. Register it on the guard's builder "
                                + "(in Spring: a bean of type ObjectCheck with that name)");
            } else {
                found.add(new NamedCheck(name, check));
            }
        }
        return found;
    }

    private List<EndpointLimit> limits(Endpoint endpoint, Declared declared) {
        List<EndpointLimit> limits = declared.limits();
        if (limits.isEmpty()) {
            limits = new ArrayList<>();
            List<LimitText> standard = settings.limits().standard();
            for (int i = 0; i < standard.size(); i++) {
                limits.add(limit(standard.get(i), i == 0 ? "default" : "default #" + (i + 1)));
            }
        }
        limits.forEach(limit -> checkSame(endpoint, limit.limit()));
        return limits;
    }

    /** Limits of one name share a count, so they must be the same limit. */
    private void checkSame(Endpoint endpoint, Limit limit) {
        Limit first = limitsByName.putIfAbsent(limit.name(), limit);
        if (first != null && !first.equals(limit)) {
            problem(
                    endpoint,
                    "limit '" + limit.name() + "' is " + limit + " here and " + first
                            + " elsewhere. Give both the same numbers, or different names");
        }
    }

    private BodyRule bodyRule(List<RouteSettings> routes) {
        long maxBytes = routes.stream()
                .map(RouteSettings::maxBody)
                .filter(max -> max != null)
                .mapToLong(Long::longValue)
                .max()
                .orElse(settings.size().maxBody());
        Set<String> types = new HashSet<>();
        routes.forEach(route -> types.addAll(route.contentTypes()));
        return new BodyRule(
                maxBytes, ContentTypeRules.of(types.isEmpty() ? settings.size().contentTypes() : List.copyOf(types)));
    }

    private void reportUnboundRoutes(List<Endpoint> endpoints) {
        for (int i = 0; i < settings.routes().size(); i++) {
            RouteMatcher matcher = new RouteMatcher(settings.routes().get(i).endpoint());
            if (endpoints.stream().noneMatch(matcher::names)) {
                problems.add("routes[" + i + "].endpoint '"
                        + settings.routes().get(i).endpoint()
                        + "' names no endpoint of this application. Correct it, or remove the route");
            }
        }
    }

    private void problem(Endpoint endpoint, String text) {
        problems.add(endpoint.name() + " (" + endpoint.handler() + "): " + text);
    }
}
