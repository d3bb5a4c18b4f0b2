package io.apiguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes a body that the application's mapper cannot read a plain 400: the mappers that come with JSON providers
 * would show the caller names
 * of classes. Failures that the application maps itself are left to it.
 */
@Priority(Integer.MIN_VALUE)
final class Unreadable implements ReaderInterceptor {

    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int DEEPEST_CAUSE = 20;

    private final List<Class<?>> mapped;

    /**
     * Makes the interceptor.
     *
     * @param mapped the failures that the application maps itself
     */
    Unreadable(List<Class<?>> mapped) {
        this.mapped = List.copyOf(mapped);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        RestExchange exchange =
                context.getProperty(RestExchange.class.getName()) instanceof RestExchange found ? found : null;
        try {
            return context.proceed();
        } catch (WebApplicationException meant) {
            throw meant;
        } catch (IOException | RuntimeException thrown) {
            if (causes(thrown).stream().anyMatch(this::isMapped)) {
                throw thrown;
            }
            boolean tooLarge =
                    exchange != null && exchange.received().exchange().bodyTooLarge();
            throw new WebApplicationException(
                    thrown,
                    Response.status(tooLarge ? CONTENT_TOO_LARGE : BAD_REQUEST).build());
        }
    }

    private boolean isMapped(Throwable thrown) {
        return mapped.stream().anyMatch(type -> type.isInstance(thrown));
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .toList();
    }
}
