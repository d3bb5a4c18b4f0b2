package io.apiguard.jaxrs;

import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.Received;
import io.apiguard.http.Header;
import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A request behind the servlet filter, which has passed gate 1 and does all of the way out. */
record HostedExchange(GuardedExchange exchange) implements RestExchange {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    @Override
    public Guard guard() {
        return exchange.guard();
    }

    @Override
    public Received received() {
        return exchange.received();
    }

    @Override
    public boolean admit(
            EndpointPolicy policy, Supplier<Map<String, String>> pathParameters, ContainerRequestContext request)
            throws IOException {
        boolean admitted = exchange.admit(policy, pathParameters);
        if (!admitted) {
            end(request);
        }
        return admitted;
    }

    @Override
    public void refuse(ContainerRequestContext request) throws IOException {
        exchange.refuse(FORBIDDEN, List.of());
        end(request);
    }

    /**
     * The filter does the way out, but does not see failures that became responses, or all responses that have a
     * status alone.
     */
    @Override
    public void finish(ContainerResponseContext response) throws IOException {
        if (response.getEntity() instanceof Uncaught.Failure uncaught) {
            exchange.refuse(received().failed(uncaught.thrown()).status(), List.of());
            response.setEntity(null);
        } else if (response.getStatus() >= BAD_REQUEST
                && !response.hasEntity()
                && !isUnknown(response)
                && !RestExchange.leavesErrors(guard())) {
            exchange.refuse(response.getStatus(), fields(response));
        }
    }

    /** What no method was found for is left to the framework, which, as a filter, may pass it on to a servlet; else the filter answers it. */
    private boolean isUnknown(ContainerResponseContext response) {
        return response.getStatus() == NOT_FOUND && received().admitted().isEmpty();
    }

    private static List<Header> fields(ContainerResponseContext response) {
        List<Header> fields = new ArrayList<>();
        RestResponse view = new RestResponse(response);
        response.getHeaders().keySet().stream()
                .filter(name -> !RestResponse.describesBody(name))
                .forEach(name -> view.headers(name).forEach(value -> fields.add(new Header(name, value))));
        return fields;
    }

    /** The filter has answered: what the framework writes now goes nowhere. */
    private static void end(ContainerRequestContext request) {
        request.abortWith(Response.status(FORBIDDEN).build());
    }
}
