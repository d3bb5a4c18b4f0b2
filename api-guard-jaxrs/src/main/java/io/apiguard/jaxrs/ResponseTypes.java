package io.apiguard.jaxrs;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What a resource method answers with, and where a locator leads, as far as their types tell. */
final class ResponseTypes {

    private ResponseTypes() {}

    /** Returns the type of the entity; {@code Object} where the signature leaves it open. */
    static Type of(Method method, @Nullable Method annotated) {
        boolean suspended = isSuspended(method) || annotated != null && isSuspended(annotated);
        return suspended || sendsEvents(method) ? Object.class : entity(method.getGenericReturnType());
    }

    /** Whether a method answers with events, by a sink and not by what it returns. */
    static boolean sendsEvents(@Nullable Method method) {
        return method != null && Arrays.asList(method.getParameterTypes()).contains(SseEventSink.class);
    }

    private static boolean isSuspended(Method method) {
        return Arrays.stream(method.getParameters()).anyMatch(ResponseTypes::isAsyncResponse);
    }

    private static boolean isAsyncResponse(Parameter parameter) {
        return parameter.isAnnotationPresent(Suspended.class) || parameter.getType() == AsyncResponse.class;
    }

    private static Type entity(Type type) {
        if (type instanceof Class<?> plain) {
            return isOpen(plain) ? Object.class : plain;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return isCarrier(raw) ? entity(generic.getActualTypeArguments()[0]) : isOpen(raw) ? Object.class : type;
        }
        return type instanceof WildcardType wildcard ? entity(wildcard.getUpperBounds()[0]) : type;
    }

    private static boolean isOpen(Class<?> type) {
        return Response.class.isAssignableFrom(type) || isCarrier(type);
    }

    private static boolean isCarrier(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type)
                || Future.class.isAssignableFrom(type)
                || GenericEntity.class.isAssignableFrom(type);
    }

    /** Returns the class of the sub-resource that a locator leads to, or {@code null} if its signature does not say. */
    static @Nullable Class<?> subResource(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return raw == Class.class ? subResource(generic.getActualTypeArguments()[0]) : raw;
        }
        return type instanceof Class<?> plain && plain != Object.class && plain != Class.class && !plain.isPrimitive()
                ? plain
                : null;
    }
}
