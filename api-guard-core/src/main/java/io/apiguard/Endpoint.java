package io.apiguard;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One thing a framework can dispatch a request to, as an adapter found it at start-up.
 *
 * <p>Immutable and thread-safe.
 *
 * @param methods the request methods it serves, upper case and sorted; empty for all
 * @param template the path template in the framework's own notation, with the application's prefix, such as {@code /orders/{id}}
 * @param handler what a person calls the handler, such as {@code OrdersController.get}
 * @param handlerClass the application's own class behind any proxy, or {@code null} if the handler is not a class of its own
 * @param handlerMethod the application's own method, or {@code null} if the whole class handles
 * @param responseType what the handler declares to answer with; {@code void.class} for nothing known to be JSON
 * @param kind whose handler it is
 */
public record Endpoint(
        List<String> methods,
        String template,
        String handler,
        @Nullable Class<?> handlerClass,
        @Nullable Method handlerMethod,
        Type responseType,
        Kind kind) {

    /** Whose handler an endpoint is; what is not the application's own has a default of its own. */
    public enum Kind {
        /** The application's own: it must say who may call, or the application does not start. */
        APPLICATION,
        /** The framework's error page: answers error dispatches, denied when called directly. */
        ERROR,
        /** The liveness and readiness answers of the framework's management endpoints: public. */
        HEALTH,
        /** Any other management endpoint: denied. */
        MANAGEMENT,
        /** Static files: denied. */
        STATIC,
        /** Generated descriptions of the API: denied. */
        API_DOCS
    }

    /** Sorts and copies the methods. */
    public Endpoint {
        methods = List.copyOf(new TreeSet<>(methods));
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(responseType, "responseType");
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * Returns an endpoint of the application's own that is a method of a class.
     *
     * @param methods the request methods it serves; empty for all
     * @param template the path template
     * @param handlerClass the application's own class behind any proxy
     * @param handlerMethod the method that handles
     * @return the endpoint, with the method's generic return type as its response type
     */
    public static Endpoint of(
            Collection<String> methods, String template, Class<?> handlerClass, Method handlerMethod) {
        return new Endpoint(
                List.copyOf(methods),
                template,
                handlerClass.getSimpleName() + "." + handlerMethod.getName(),
                handlerClass,
                handlerMethod,
                handlerMethod.getGenericReturnType(),
                Kind.APPLICATION);
    }

    /** {@return methods and template in one line, such as {@code GET /orders/{id}}; {@code *} stands for all methods} */
    public String name() {
        return (methods.isEmpty() ? "*" : String.join(",", methods)) + " " + template;
    }

    /** {@return the name the kind has in the settings, such as {@code api-docs}} */
    static String settingName(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
