package io.apiguard.jaxrs;

import io.apiguard.http.MediaType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Refuses (415) to read a body as JSON that gate 2 judged as something else: a filter behind it may have written another type. */
@Priority(Integer.MIN_VALUE)
final class JudgedType implements ReaderInterceptor {

    private static final String PROPERTY = JudgedType.class.getName();
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    /** Notes what type gate 2 judged the body by. */
    static void judged(RestExchange exchange, ContainerRequestContext request) {
        request.setProperty(PROPERTY, exchange.received().exchange().request().header("Content-Type"));
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getProperty(PROPERTY) instanceof String judged
                && !MediaType.isJson(judged)
                && MediaType.isJson(text(context.getMediaType()))) {
            throw new WebApplicationException(
                    Response.status(UNSUPPORTED_MEDIA_TYPE).build());
        }
        return context.proceed();
    }

    private static @Nullable String text(jakarta.ws.rs.core.@Nullable MediaType type) {
        return type == null ? null : type.toString();
    }
}
