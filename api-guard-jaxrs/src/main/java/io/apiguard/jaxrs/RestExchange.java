package io.apiguard.jaxrs;

import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.GuardSettings.Mode;
import io.apiguard.GuardSettings.Rendering;
import io.apiguard.Received;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request on its way through Jakarta REST; whether a servlet filter is around it or not makes the difference. */
interface RestExchange {

    /** {@return the guard that received the request} */
    Guard guard();

    /** {@return the request as gate 1 left it} */
    Received received();

    /**
     * Passes gate 2. A refusal ends the request.
     *
     * @return whether the handler may be called
     */
    boolean admit(EndpointPolicy policy, Supplier<Map<String, String>> pathParameters, ContainerRequestContext request)
            throws IOException;

    /** Refuses what no policy covers. */
    void refuse(ContainerRequestContext request) throws IOException;

    /** The way out, when every other filter has had its say. */
    void finish(ContainerResponseContext response) throws IOException;

    /** Whether errors of an admitted handler are the application's to render. */
    static boolean leavesErrors(Guard guard) {
        return guard.settings().mode() == Mode.REPORT
                || guard.settings().errors().render() == Rendering.APPLICATION;
    }

    /** Keeps the exchange with the request. */
    default void attach(ContainerRequestContext request) {
        request.setProperty(RestExchange.class.getName(), this);
    }

    /** Returns the exchange of a request, or {@code null} if the request has not passed gate 1. */
    static @Nullable RestExchange of(ContainerRequestContext request) {
        return request.getProperty(RestExchange.class.getName()) instanceof RestExchange found ? found : null;
    }
}
