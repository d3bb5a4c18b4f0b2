package io.apiguard.jaxrs;

import io.apiguard.identity.Identity;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gate 1, before matching and before every other filter: passes it, or finds that the servlet filter has passed
 * it already.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class Gate1 implements ContainerRequestFilter {

    private final GuardedResources resources;
    private final Function<ContainerRequestContext, RestExchange> begin;
    private final Consumer<@Nullable Identity> injection;

    /**
     * Makes the gate.
     *
     * @param begin passes gate 1, or finds the exchange of a request that has passed it
     * @param injection makes the caller injectable for the time of the request
     */
    Gate1(
            GuardedResources resources,
            Function<ContainerRequestContext, RestExchange> begin,
            Consumer<@Nullable Identity> injection) {
        this.resources = resources;
        this.begin = begin;
        this.injection = injection;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        RestExchange exchange = begin.apply(request);
        exchange.attach(request);
        if (exchange instanceof StandaloneExchange standalone && !standalone.passedGate1(request)) {
            return;
        }
        if (exchange.guard() != resources.guard()) {
            exchange.refuse(request); // received by a guard that knows nothing of these resources
            return;
        }
        Identity identity = exchange.received().identity().orElse(null);
        request.setSecurityContext(
                new IdentityContext(identity, exchange.received().exchange().secure()));
        injection.accept(identity);
    }
}
