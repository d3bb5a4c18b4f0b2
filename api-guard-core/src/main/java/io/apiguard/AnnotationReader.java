package io.apiguard;

import io.apiguard.EndpointPolicy.EndpointLimit;
import io.apiguard.annotation.Audited;
import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RateLimits;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.StepUp;
import io.apiguard.internal.settings.Texts;
import io.apiguard.ratelimit.Limit;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what annotations say of one endpoint.
 *
 * <p>Restricting annotations count wherever they stand and add up. Relaxing ones count on the handler method and on the class that
 * declares it; on the method they go before what the class says, and where a restricting one says otherwise it is a conflict.
 */
final class AnnotationReader {

    private static final String STANDARD = "jakarta.annotation.security.";

    private final Declared declared;
    private final Endpoint endpoint;
    private int ownLimits;

    private AnnotationReader(Endpoint endpoint, Declared declared) {
        this.endpoint = endpoint;
        this.declared = declared;
    }

    /** Adds to what is declared of an endpoint what its annotations say; nothing if it has no class. */
    static void read(Endpoint endpoint, Declared declared) {
        Class<?> type = endpoint.handlerClass();
        Method method = endpoint.handlerMethod();
        AnnotationReader reader = new AnnotationReader(endpoint, declared);
        if (type != null && method != null) {
            reader.readMethod(new HandlerHierarchy(type, method));
        } else if (type != null) {
            reader.readClass(type);
        }
    }

    private void readMethod(HandlerHierarchy hierarchy) {
        Level method = level(hierarchy.method(), hierarchy.method().getName() + "()");
        Level owner =
                level(hierarchy.declaringClass(), hierarchy.declaringClass().getSimpleName());
        List<Level> others = new ArrayList<>();
        hierarchy
                .otherMethods()
                .forEach(other -> others.add(
                        level(other, other.getDeclaringClass().getSimpleName() + "." + other.getName() + "()")));
        hierarchy.otherTypes().forEach(other -> others.add(level(other, other.getSimpleName())));
        settle(method, owner, others);
    }

    /** A servlet, or another handler that is a whole class: the class is both method and owner. */
    private void readClass(Class<?> type) {
        List<Level> others = new ArrayList<>();
        HandlerHierarchy.typesOf(type).stream()
                .filter(other -> other != type)
                .forEach(other -> others.add(level(other, other.getSimpleName())));
        settle(level(type, type.getSimpleName()), new Level("", List.of(), List.of()), others);
    }

    private void settle(Level method, Level owner, List<Level> others) {
        boolean methodRelaxes = !method.relaxing.isEmpty();
        boolean ownerRelaxes = !owner.relaxing.isEmpty() && method.restricting.isEmpty();
        List<Level> restricting = new ArrayList<>(others);
        restricting.add(0, method);
        if (!methodRelaxes) {
            restricting.add(1, owner);
        }
        restricting.removeIf(level -> level.restricting.isEmpty());
        if (methodRelaxes || ownerRelaxes) {
            Level relaxing = methodRelaxes ? method : owner;
            restricting.forEach(level -> declared.conflict(
                    relaxing.describe(relaxing.relaxing) + " contradicts " + level.describe(level.restricting)));
            declared.source(relaxing.describe(relaxing.relaxing));
            declared.restrict(Access.PUBLIC);
        }
        restricting.forEach(level -> {
            level.restricting.forEach(this::restrict);
            declared.source(level.describe(level.restricting));
        });
    }

    private Level level(AnnotatedElement element, String place) {
        List<Annotation> restricting = new ArrayList<>();
        List<Annotation> relaxing = new ArrayList<>();
        for (Annotation annotation : Annotations.of(element)) {
            if (isRelaxing(annotation)) {
                relaxing.add(annotation);
            } else if (isRestricting(annotation)) {
                restricting.add(annotation);
            } else {
                readOther(annotation);
            }
        }
        return new Level(place, restricting, relaxing);
    }

    private static boolean isRelaxing(Annotation annotation) {
        return annotation instanceof PublicEndpoint || isStandard(annotation, "PermitAll");
    }

    private static boolean isRestricting(Annotation annotation) {
        return annotation instanceof Authenticated
                || annotation instanceof RequiresScopes
                || annotation instanceof RequiresRoles
                || annotation instanceof RequiresObjectAccess
                || isStandard(annotation, "RolesAllowed")
                || isStandard(annotation, "DenyAll");
    }

    /** The standard annotations are known by name, so that an application without them needs no jar for them. */
    private static boolean isStandard(Annotation annotation, String simpleName) {
        return annotation.annotationType().getName().equals(STANDARD + simpleName);
    }

    private void restrict(Annotation annotation) {
        if (annotation instanceof RequiresScopes scopes) {
            declared.demandScopes(listed(named(scopes.value(), annotation), annotation));
        } else if (annotation instanceof RequiresRoles roles) {
            declared.demandAnyRole(named(roles.value(), annotation));
        } else if (annotation instanceof RequiresObjectAccess object) {
            declared.demandChecks(named(object.value(), annotation));
        } else if (isStandard(annotation, "RolesAllowed")) {
            demandStandardRoles(annotation);
        } else if (annotation instanceof Authenticated authenticated) {
            declared.demandStepUp(stepUp(authenticated, listed(List.of(authenticated.acr()), annotation)));
        } else {
            declared.restrict(isStandard(annotation, "DenyAll") ? Access.DENIED : Access.AUTHENTICATED);
        }
    }

    private static StepUp stepUp(Authenticated annotation, List<String> contexts) {
        long seconds = annotation.maxAgeSeconds();
        return new StepUp(
                Set.copyOf(contexts), seconds < 0 ? null : Duration.ofSeconds(seconds), annotation.boundOnly());
    }

    /** An empty {@code @RolesAllowed} lets nobody in; {@code "*"} and {@code "**"} are plain role names here. */
    private void demandStandardRoles(Annotation annotation) {
        List<String> roles = List.of(value(annotation));
        if (roles.isEmpty()) {
            declared.restrict(Access.DENIED);
        } else {
            declared.demandAnyRole(roles);
        }
    }

    private static String[] value(Annotation annotation) {
        try {
            return (String[]) annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException | NoSuchMethodException e) {
            throw new IllegalStateException(
                    "cannot read " + annotation.annotationType().getName(), e);
        }
    }

    private List<String> named(String[] values, Annotation annotation) {
        if (values.length == 0) {
            declared.restrict(Access.DENIED);
            declared.conflict("@" + annotation.annotationType().getSimpleName() + " names nothing to demand");
        }
        return List.of(values);
    }

    /** Scopes and contexts stand in challenges, separated by spaces, and could not be told to the caller otherwise. */
    private List<String> listed(List<String> names, Annotation annotation) {
        for (String name : names) {
            if (!RouteSettings.SCOPE.matcher(name).matches()) {
                declared.conflict("@" + annotation.annotationType().getSimpleName() + " has " + Texts.quote(name)
                        + ", which cannot stand in a challenge. Write one name per element, without spaces and quotes");
            }
        }
        return names;
    }

    private void readOther(Annotation annotation) {
        if (annotation instanceof RateLimit limit) {
            limit(limit);
        } else if (annotation instanceof RateLimits limits) {
            for (RateLimit limit : limits.value()) {
                limit(limit);
            }
        } else if (annotation instanceof Audited audited) {
            declared.action(audited.action());
        }
    }

    private void limit(RateLimit annotation) {
        ownLimits++;
        String own = endpoint.name() + (ownLimits == 1 ? "" : " #" + ownLimits);
        String name = annotation.name().isEmpty() ? own : annotation.name();
        try {
            Limit limit = Limit.of(annotation.requests(), Duration.ofSeconds(annotation.seconds()))
                    .by(annotation.by())
                    .named(name);
            if (annotation.cost() < 1 || annotation.cost() > annotation.requests()) {
                throw new IllegalArgumentException("a cost must be between 1 and the limit's requests");
            }
            declared.limit(new EndpointLimit(limit, annotation.cost()));
        } catch (IllegalArgumentException e) {
            declared.conflict("@RateLimit: " + e.getMessage());
        }
    }

    /** The annotations of one place that decide about access. */
    private record Level(String place, List<Annotation> restricting, List<Annotation> relaxing) {
        private String describe(List<Annotation> annotations) {
            List<String> names = annotations.stream()
                    .map(annotation -> "@" + annotation.annotationType().getSimpleName())
                    .toList();
            return String.join(" ", names) + " on " + place;
        }
    }
}
