package io.apiguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;

/** The way out, after every other filter. */
@Priority(Integer.MIN_VALUE)
final class WayOut implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        RestExchange exchange = RestExchange.of(request);
        if (exchange != null) {
            exchange.finish(response);
        } else if (response.getEntity() instanceof Uncaught.Failure) {
            response.setEntity(null); // gate 1 itself failed
        }
    }
}
