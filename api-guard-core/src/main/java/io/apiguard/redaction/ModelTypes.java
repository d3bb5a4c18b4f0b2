package io.apiguard.redaction;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the generic types of models: variables by what they are bound to, wildcards and free variables by their
 * bounds.
 */
final class ModelTypes {

    /** Types nested deeper than this, as endlessly growing generic models make them, are taken for unknown. */
    private static final int MAX_NESTING = 8;

    private ModelTypes() {}

    /** A parameterized type that is equal to another of the same parts, whoever made it. */
    record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }

    /** The type with everything in it resolved; {@code Object} where nothing is known. */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        return resolve(type, bindings, 0);
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings, int nesting) {
        if (nesting > MAX_NESTING) {
            return Object.class;
        }
        if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> raw) {
            List<Type> arguments = Arrays.stream(p.getActualTypeArguments())
                    .map(argument -> resolve(argument, bindings, nesting + 1))
                    .toList();
            return nesting(arguments) >= MAX_NESTING ? Object.class : new Parameterized(raw, arguments);
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return bound == null ? erased(variable.getBounds()[0]) : bound;
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], bindings, nesting + 1);
        }
        if (type instanceof GenericArrayType array) {
            return new Parameterized(
                    List.class, List.of(resolve(array.getGenericComponentType(), bindings, nesting + 1)));
        }
        return type instanceof Class<?> ? type : Object.class;
    }

    private static int nesting(List<Type> arguments) {
        int most = 0;
        for (Type argument : arguments) {
            most = Math.max(most, argument instanceof Parameterized p ? 1 + nesting(p.arguments()) : 0);
        }
        return most;
    }

    /** The class of a bound, without arguments: they may lead back to the variable. */
    private static Type erased(Type bound) {
        if (bound instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        Class<?> raw = raw(bound);
        return raw == null ? Object.class : raw;
    }

    static @Nullable Class<?> raw(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        return type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c ? c : null;
    }

    /** What the type variables of a resolved type, its superclasses and its interfaces stand for. */
    static Map<TypeVariable<?>, Type> bindings(Type type) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        bind(type, bindings, new LinkedHashSet<>());
        return bindings;
    }

    /** The class of a type, its superclasses and all their interfaces. */
    static Set<Class<?>> hierarchy(Type type) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        bind(type, new HashMap<>(), seen);
        return seen;
    }

    private static void bind(@Nullable Type type, Map<TypeVariable<?>, Type> bindings, Set<Class<?>> seen) {
        Class<?> raw = type == null ? null : raw(type);
        if (raw == null || !seen.add(raw)) {
            return;
        }
        if (type instanceof ParameterizedType p) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            Type[] arguments = p.getActualTypeArguments();
            for (int i = 0; i < Math.min(variables.length, arguments.length); i++) {
                bindings.put(variables[i], resolve(arguments[i], bindings));
            }
        }
        bind(raw.getGenericSuperclass(), bindings, seen);
        for (Type parent : raw.getGenericInterfaces()) {
            bind(parent, bindings, seen);
        }
    }
}
