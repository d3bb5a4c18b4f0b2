package io.apiguard.redaction;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a Java type is written as, as far as the JDK and the frameworks decide it and not a mapper.
 *
 * @param kind what it is
 * @param inner the type of what it holds
 */
record Shape(Kind kind, Type inner) {

    enum Kind {
        /** Written as what it holds. */
        WRAPPER,
        /** An array of what it holds. */
        ELEMENTS,
        /** An object whose values are what it holds, under any names. */
        VALUES,
        /** An object, if a mapper knows its properties, which may hold elements too. */
        MODEL,
        /** Nothing is known of what it is written as. */
        OPEN
    }

    private static final Set<String> WRAPPERS = Set.of(
            "java.util.Optional",
            "java.util.concurrent.atomic.AtomicReference",
            "org.springframework.http.HttpEntity",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask",
            "jakarta.ws.rs.core.GenericEntity",
            "reactor.core.publisher.Mono",
            Callable.class.getName(),
            CompletionStage.class.getName(),
            Future.class.getName());

    private static final Set<String> MANY = Set.of(
            "java.util.Collection",
            "java.util.Iterator",
            "java.util.stream.Stream",
            "org.reactivestreams.Publisher",
            "java.util.concurrent.Flow$Publisher");

    /** Trees that hold any JSON, and answers whose content is set at run time. */
    private static final Set<String> TREES = Set.of(
            "com.fasterxml.jackson.core.TreeNode",
            "tools.jackson.core.TreeNode",
            "com.fasterxml.jackson.databind.JsonNode",
            "tools.jackson.databind.JsonNode",
            "jakarta.json.JsonValue",
            "com.google.gson.JsonElement",
            "jakarta.ws.rs.core.Response");

    /** Says what a resolved type is written as. */
    static Shape of(Type type) {
        Class<?> raw = ModelTypes.raw(type);
        if (raw == null || raw == Object.class || raw.isPrimitive() || isAny(type, TREES) != null) {
            return new Shape(Kind.OPEN, Object.class);
        }
        if (raw.isArray()) {
            return new Shape(Kind.ELEMENTS, ModelTypes.resolve(raw.getComponentType(), Map.of()));
        }
        Class<?> wrapper = isAny(type, WRAPPERS);
        if (wrapper != null) {
            return new Shape(Kind.WRAPPER, argument(type, wrapper, 0));
        }
        Class<?> many = isAny(type, MANY);
        if (many != null) {
            return new Shape(Kind.ELEMENTS, argument(type, many, 0));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return new Shape(Kind.VALUES, argument(type, Map.class, 1));
        }
        boolean iterable = Iterable.class.isAssignableFrom(raw);
        return new Shape(Kind.MODEL, iterable ? argument(type, Iterable.class, 0) : Object.class);
    }

    private static @Nullable Class<?> isAny(Type type, Set<String> names) {
        for (Class<?> one : ModelTypes.hierarchy(type)) {
            if (names.contains(one.getName())) {
                return one;
            }
        }
        return null;
    }

    private static Type argument(Type type, Class<?> generic, int index) {
        TypeVariable<?>[] variables = generic.getTypeParameters();
        if (index >= variables.length) {
            return Object.class;
        }
        Type bound = ModelTypes.bindings(type).get(variables[index]);
        return bound == null ? Object.class : bound;
    }
}
