package io.apiguard.jaxrs;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the endpoints of resource classes at start-up, through locators as far as their types tell.
 *
 * <p>What it cannot see (a locator that returns {@code Object} or an interface, or leads back to where it came
 * from; programmatic resources) has no endpoint, and
 * so is refused at run time. A locator is an endpoint itself, with {@code /**} at the end of its template: it
 * needs a policy of its own.
 */
final class ResourceScanner {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFeature.class);

    private final String prefix;
    private final List<ResourceEndpoint> found = new ArrayList<>();

    private ResourceScanner(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Finds the endpoints.
     *
     * @param prefix the application's path in front of all templates
     * @param classes resource classes; others are ignored
     * @return the endpoints, locators before what they lead to
     */
    static List<ResourceEndpoint> scan(String prefix, Collection<Class<?>> classes) {
        ResourceScanner scanner = new ResourceScanner(prefix);
        for (Class<?> type :
                new HashSet<>(classes.stream().map(ResourceMethods::userClass).toList())) {
            String path = ResourceMethods.rootPath(type);
            if (path != null && !type.isInterface()) {
                String template = ResourcePath.join("", path);
                ResourcePath root = ResourcePath.of(template, true);
                scanner.walk(type, new Place(root, template, List.of()), Set.of());
            }
        }
        return List.copyOf(scanner.found);
    }

    /** Where a resource class is: below which root, by which template, through which locators. */
    private record Place(ResourcePath root, String template, List<ResourceEndpoint> locators) {}

    private void walk(Class<?> type, Place place, Set<Class<?>> above) {
        Set<Class<?>> here = new HashSet<>(above);
        here.add(type);
        for (Method method : ResourceMethods.candidates(type)) {
            Method annotated = ResourceMethods.annotated(type, method);
            if (annotated != null) {
                add(type, method, annotated, place, here);
            }
        }
    }

    private void add(Class<?> type, Method method, Method annotated, Place place, Set<Class<?>> above) {
        List<String> methods = ResourceMethods.httpMethods(annotated);
        Path path = annotated.getAnnotation(Path.class);
        String template = path == null ? place.template() : ResourcePath.join(place.template(), path.value());
        if (!methods.isEmpty()) {
            Endpoint endpoint = endpoint(type, method, annotated, methods, template);
            found.add(new ResourceEndpoint(
                    endpoint, place.root(), ResourcePath.of(template, false), place.locators(), false));
        } else if (path != null) {
            Endpoint endpoint = endpoint(type, method, null, methods, template + "/**");
            ResourceEndpoint locator = new ResourceEndpoint(
                    endpoint, place.root(), ResourcePath.of(template, true), place.locators(), true);
            found.add(locator);
            follow(locator, method, template, above);
        }
    }

    private void follow(ResourceEndpoint locator, Method method, String template, Set<Class<?>> above) {
        Class<?> target = ResponseTypes.subResource(method.getGenericReturnType());
        if (target == null || Modifier.isAbstract(target.getModifiers()) || above.contains(target)) {
            LOG.warn(
                    "{} ({}) leads to sub-resources that its return type does not name; they are refused: return their class",
                    locator.endpoint().name(),
                    locator.endpoint().handler());
            return;
        }
        List<ResourceEndpoint> chain = new ArrayList<>(locator.locators());
        chain.add(locator);
        walk(target, new Place(locator.root(), template, chain), above);
    }

    private Endpoint endpoint(
            Class<?> type, Method method, @Nullable Method annotated, List<String> methods, String template) {
        String full = prefix + template;
        return new Endpoint(
                methods,
                full.isEmpty() ? "/" : full,
                type.getSimpleName() + "." + method.getName(),
                type,
                method,
                annotated == null ? void.class : ResponseTypes.of(method, annotated),
                Kind.APPLICATION);
    }
}
