package io.apiguard;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where annotations that concern a handler may stand: its method and the class that declares it, and all that these override,
 * implement or extend.
 *
 * <p>Whether one method overrides another is judged generously (same name, as many parameters, compatible erasures): taking one too many for
 * overridden can only add a restriction.
 */
final class HandlerHierarchy {

    private final Class<?> handlerClass;
    private final Method method;

    HandlerHierarchy(Class<?> handlerClass, Method method) {
        this.handlerClass = handlerClass;
        this.method = method.isBridge() ? bridged(method) : method;
    }

    private static Method bridged(Method bridge) {
        for (Method candidate : bridge.getDeclaringClass().getDeclaredMethods()) {
            if (!candidate.isBridge() && overrides(candidate, bridge)) {
                return candidate;
            }
        }
        return bridge;
    }

    /** Returns the handler method itself, never a bridge. */
    Method method() {
        return method;
    }

    /** Returns the class that declares the handler method. */
    Class<?> declaringClass() {
        return method.getDeclaringClass();
    }

    /** Returns every class and interface of the handler class but the declaring one, nearest first. */
    List<Class<?>> otherTypes() {
        return typesOf(handlerClass).stream()
                .filter(type -> type != declaringClass())
                .toList();
    }

    /** Returns a class with all its superclasses and interfaces, nearest first, without {@code Object}. */
    static List<Class<?>> typesOf(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(type, types);
        types.remove(Object.class);
        return List.copyOf(types);
    }

    private static void collect(Class<?> type, Set<Class<?>> types) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            types.add(at);
            for (Class<?> implemented : at.getInterfaces()) {
                collect(implemented, types);
            }
        }
    }

    /** Returns the methods of other types that the handler method overrides, implements or is overridden by. */
    List<Method> otherMethods() {
        List<Method> found = new ArrayList<>();
        for (Class<?> type : otherTypes()) {
            for (Method candidate : type.getDeclaredMethods()) {
                if (!candidate.isBridge() && overrides(method, candidate)) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    private static boolean overrides(Method method, Method candidate) {
        int modifiers = candidate.getModifiers();
        if (candidate.equals(method)
                || !candidate.getName().equals(method.getName())
                || candidate.getParameterCount() != method.getParameterCount()
                || Modifier.isStatic(modifiers)
                || Modifier.isPrivate(modifiers)) {
            return false;
        }
        Type[] theirs = candidate.getGenericParameterTypes();
        for (int i = 0; i < candidate.getParameterCount(); i++) {
            if (!compatible(candidate.getParameterTypes()[i], theirs[i], method.getParameterTypes()[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean compatible(Class<?> erasure, Type generic, Class<?> own) {
        return erasure == own || isOpen(generic) && (erasure.isAssignableFrom(own) || own.isAssignableFrom(erasure));
    }

    private static boolean isOpen(Type type) {
        return type instanceof TypeVariable
                || type instanceof GenericArrayType
                || type instanceof ParameterizedType
                || type == Object.class;
    }
}
