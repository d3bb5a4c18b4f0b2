package io.apiguard.jaxrs;

import io.apiguard.EndpointPolicy;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Authorizes sub-resource locators, whose code runs while the framework matches: before matching, for those that
 * the path leads to, and after
 * every other filter that may still rewrite the path. Gate 2 asks again for the locators that were really called.
 */
@PreMatching
final class LocatorGate implements ContainerRequestFilter {

    private final GuardedResources resources;

    LocatorGate(GuardedResources resources) {
        this.resources = resources;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        RestExchange exchange = RestExchange.of(request);
        String path = ResourcePath.join("", request.getUriInfo().getPath());
        for (ResourceEndpoint locator : resources.locatorsOf(path)) {
            Supplier<Map<String, String>> variables =
                    () -> locator.path().match(path).orElse(Map.of());
            if (exchange == null || !passes(exchange, resources.policy(locator), variables, request)) {
                return;
            }
        }
    }

    /**
     * Authorizes without charging limits or reading the body, which is for the method at the end of the way; only
     * a refusal goes through gate
     * 2, to be answered and audited like any other.
     *
     * @return whether the locator may be called; if not, the request is answered
     */
    static boolean passes(
            RestExchange exchange,
            EndpointPolicy policy,
            Supplier<Map<String, String>> variables,
            ContainerRequestContext request)
            throws IOException {
        boolean permitted = exchange.received().permits(policy, variables);
        return permitted || exchange.admit(policy, variables, request);
    }
}
