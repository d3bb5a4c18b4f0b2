package io.apiguard.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Jakarta REST looks for its annotations: a method, else what it overrides, else what it implements
 * (section 3.6).
 */
final class ResourceMethods {

    private ResourceMethods() {}

    /**
     * Returns the path of a root resource class, its own or an inherited one as both frameworks allow, or {@code
     * null}.
     */
    static @Nullable String rootPath(Class<?> type) {
        return types(type).stream()
                .map(at -> at.getDeclaredAnnotation(Path.class))
                .filter(path -> path != null)
                .map(Path::value)
                .findFirst()
                .orElse(null);
    }

    /** Returns the public methods of a resource class that a request could lead to. */
    static List<Method> candidates(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class
                        && !method.isBridge()
                        && !method.isSynthetic()
                        && !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /**
     * Returns the method that carries the annotations of Jakarta REST for another: itself or one it overrides;
     * {@code null} if none does.
     */
    static @Nullable Method annotated(Class<?> type, Method method) {
        if (isAnnotated(method)) {
            return method;
        }
        return overridden(type, method).stream()
                .filter(ResourceMethods::isAnnotated)
                .findFirst()
                .orElse(null);
    }

    /** Returns what a method overrides or implements, superclasses first. */
    static List<Method> overridden(Class<?> type, Method method) {
        return types(type).stream()
                .flatMap(at -> Arrays.stream(at.getDeclaredMethods()))
                .filter(other -> !other.equals(method) && isSame(method, other))
                .toList();
    }

    /** Judged generously: one place too many can only show an endpoint that is denied. */
    private static boolean isSame(Method method, Method other) {
        if (!other.getName().equals(method.getName())
                || other.getParameterCount() != method.getParameterCount()
                || Modifier.isStatic(other.getModifiers())
                || Modifier.isPrivate(other.getModifiers())) {
            return false;
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (!other.getParameterTypes()[i].isAssignableFrom(method.getParameterTypes()[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAnnotated(Method method) {
        return Arrays.stream(method.getDeclaredAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type ->
                        type.getName().startsWith("jakarta.ws.rs.") || type.isAnnotationPresent(HttpMethod.class));
    }

    /** Returns the request methods that an annotated method serves; empty for none. */
    static List<String> httpMethods(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(HttpMethod::value)
                .toList();
    }

    /** Returns a class, its superclasses, and then the interfaces of all of them, nearest first. */
    static Set<Class<?>> types(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            types.add(at);
        }
        List.copyOf(types).forEach(at -> addInterfaces(at, types));
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> implemented : type.getInterfaces()) {
            types.add(implemented);
            addInterfaces(implemented, types);
        }
    }

    /** Returns the application's own class behind the ones that containers generate. */
    static Class<?> userClass(Class<?> type) {
        Class<?> at = type;
        while (isGenerated(at) && at.getSuperclass() != null && at.getSuperclass() != Object.class) {
            at = at.getSuperclass();
        }
        return at;
    }

    private static boolean isGenerated(Class<?> type) {
        return type.isSynthetic()
                || type.getName().contains("$$")
                || type.getName().contains("$Proxy$");
    }
}
