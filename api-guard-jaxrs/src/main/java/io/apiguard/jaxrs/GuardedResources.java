package io.apiguard.jaxrs;

import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guard of an application together with the resources it was built for.
 *
 * <p>Immutable but for a cache bounded by the number of resource methods; thread-safe.
 */
final class GuardedResources {

    private static final Comparator<ResourceEndpoint> NEAREST_FIRST = Comparator.comparing(
                    ResourceEndpoint::path, ResourcePath.NEAREST_FIRST)
            .thenComparing(ResourceEndpoint::locator);

    private final Guard guard;
    private final List<ResourceEndpoint> byPath;
    private final Map<Class<?>, List<ResourceEndpoint>> byClass = new HashMap<>();
    private final Map<Handler, List<ResourceEndpoint>> byHandler = new ConcurrentHashMap<>();
    private final boolean located;

    GuardedResources(Guard guard, List<ResourceEndpoint> endpoints) {
        this.guard = guard;
        this.byPath = endpoints.stream().sorted(NEAREST_FIRST).toList();
        this.located = endpoints.stream().anyMatch(ResourceEndpoint::locator);
        for (ResourceEndpoint endpoint : endpoints) {
            if (!endpoint.locator()) {
                byClass.computeIfAbsent(endpoint.resourceClass(), type -> new ArrayList<>())
                        .add(endpoint);
            }
        }
    }

    private record Handler(Class<?> type, Method method) {}

    Guard guard() {
        return guard;
    }

    /** {@return all endpoints, the nearest first} */
    List<ResourceEndpoint> endpoints() {
        return byPath;
    }

    /** Whether any locator is there, and so anything to decide before matching. */
    boolean hasLocators() {
        return located;
    }

    EndpointPolicy policy(ResourceEndpoint endpoint) {
        return guard.policyOf(endpoint.endpoint())
                .orElseThrow(() -> new IllegalStateException(
                        "the guard was built without " + endpoint.endpoint().name()));
    }

    /**
     * Finds the endpoints that a matched resource method can be.
     *
     * @param type the class of the resource
     * @param method the method as the framework reports it: its own, or the one that it implements
     * @param chain the classes of the resources that the framework went through, the root first and the method's
     * own last
     * @param path the decoded path below the application's, which decides between locators that lead to one class
     * @return all that apply, each of which must permit; empty if none is known
     */
    List<ResourceEndpoint> find(Class<?> type, Method method, List<Class<?>> chain, String path) {
        Class<?> known = ResourceMethods.userClass(type);
        return byHandler.computeIfAbsent(new Handler(known, method), this::ofHandler).stream()
                .filter(endpoint -> isChain(endpoint, chain))
                .filter(endpoint -> endpoint.locators().isEmpty()
                        || endpoint.path().match(path).isPresent())
                .toList();
    }

    private List<ResourceEndpoint> ofHandler(Handler handler) {
        return byClass.getOrDefault(handler.type(), List.of()).stream()
                .filter(endpoint -> isHandler(endpoint, handler.method()))
                .toList();
    }

    private static boolean isHandler(ResourceEndpoint endpoint, Method method) {
        Method own = endpoint.endpoint().handlerMethod();
        return own != null
                && (own.equals(method)
                        || ResourceMethods.overridden(endpoint.resourceClass(), own)
                                .contains(method)
                        || isSubclassed(own, method));
    }

    /** A proxy's method overrides the application's. */
    private static boolean isSubclassed(Method own, Method method) {
        return own.getName().equals(method.getName())
                && own.getDeclaringClass().isAssignableFrom(method.getDeclaringClass())
                && List.of(own.getParameterTypes()).equals(List.of(method.getParameterTypes()));
    }

    private static boolean isChain(ResourceEndpoint endpoint, List<Class<?>> chain) {
        List<ResourceEndpoint> locators = endpoint.locators();
        if (chain.size() != locators.size() + 1) {
            return false;
        }
        for (int i = 0; i < locators.size(); i++) {
            if (locators.get(i).resourceClass() != ResourceMethods.userClass(chain.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds the locators that the framework is going to call for a path, by the order of Jakarta REST's section 3.7.2.
     *
     * @param path the decoded path below the application's
     * @return the locators from the root on; empty if none will be called
     */
    List<ResourceEndpoint> locatorsOf(String path) {
        List<ResourceEndpoint> locators = new ArrayList<>();
        Optional<ResourceEndpoint> next = nearest(roots(path), locators, path);
        while (next.filter(ResourceEndpoint::locator).isPresent()) {
            locators.add(next.get());
            next = nearest(byPath, locators, path);
        }
        return locators;
    }

    /** Root classes are chosen first, by their own templates; those that have the same one are searched as one. */
    private List<ResourceEndpoint> roots(String path) {
        Optional<String> root = byPath.stream()
                .map(ResourceEndpoint::root)
                .filter(at -> at.match(path).isPresent())
                .min(ResourcePath.NEAREST_FIRST)
                .map(ResourcePath::toString);
        return byPath.stream()
                .filter(endpoint ->
                        root.filter(endpoint.root().toString()::equals).isPresent())
                .toList();
    }

    /** The method or locator that comes next behind the locators so far. */
    private static Optional<ResourceEndpoint> nearest(
            List<ResourceEndpoint> sorted, List<ResourceEndpoint> behind, String path) {
        return sorted.stream()
                .filter(endpoint -> endpoint.locators().equals(behind))
                .filter(endpoint -> endpoint.path().match(path).isPresent())
                .findFirst();
    }
}
