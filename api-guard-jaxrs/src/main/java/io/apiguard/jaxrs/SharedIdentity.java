package io.apiguard.jaxrs;

import io.apiguard.identity.Identity;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Finds where a caller would be kept in an object that serves other callers too: an {@link Identity} is the value of
 * one request, not a proxy, so injected into a singleton it stays the first caller's.
 */
final class SharedIdentity {

    private static final Set<String> INJECTING = Set.of("Context", "Inject");
    private static final Set<String> SHARING = Set.of("Singleton", "ApplicationScoped", "Provider");
    private static final Set<String> PROVIDERS = Set.of("jakarta.ws.rs.ext", "jakarta.ws.rs.container");

    private SharedIdentity() {}

    /** Returns a message for each such place. */
    static List<String> problems(Framework framework) {
        List<Class<?>> objects =
                framework.instances().stream().<Class<?>>map(Object::getClass).toList();
        List<String> problems = new ArrayList<>();
        for (Class<?> type : framework.classes()) {
            Class<?> own = ResourceMethods.userClass(type);
            if (!Framework.isPartOfOne(own) && (objects.contains(type) || isShared(own))) {
                for (Class<?> at = own; at != null && at != Object.class; at = at.getSuperclass()) {
                    addPlaces(at, problems);
                }
            }
        }
        return problems;
    }

    private static boolean isShared(Class<?> type) {
        return isAnnotated(type, SHARING)
                || ResourceMethods.types(type).stream()
                        .anyMatch(at -> at.isInterface() && PROVIDERS.contains(at.getPackageName()));
    }

    private static void addPlaces(Class<?> type, List<String> problems) {
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == Identity.class && isAnnotated(field, INJECTING)) {
                problems.add(problem(type, field.getName()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (takesIdentity(constructor)) {
                problems.add(problem(type, "its constructor"));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isAnnotated(method, INJECTING) && takesIdentity(method)) {
                problems.add(problem(type, method.getName()));
            }
        }
    }

    private static boolean takesIdentity(Executable executable) {
        return List.of(executable.getParameterTypes()).contains(Identity.class);
    }

    private static String problem(Class<?> type, String place) {
        return type.getName() + " (" + place
                + "): an Identity that is injected into an object of many requests would be"
                + " the caller of another one. Take it as a parameter of the resource method, or make the class one of a request";
    }

    private static boolean isAnnotated(AnnotatedElement place, Set<String> simpleNames) {
        return Arrays.stream(place.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> simpleNames.contains(type.getSimpleName()));
    }
}
