package io.apiguard.jaxrs;

import io.apiguard.GuardSettings.Mode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gate 2, at the resource method that the framework chose: what no policy covers is refused. */
@Priority(Integer.MIN_VALUE)
final class Gate2 implements ContainerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFeature.class);

    private final GuardedResources resources;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    @Context
    private @Nullable ResourceInfo matched;

    Gate2(GuardedResources resources) {
        this.resources = resources;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        RestExchange exchange = RestExchange.of(request);
        if (exchange == null) {
            throw new IllegalStateException("the request has not passed gate 1");
        }
        List<ResourceEndpoint> endpoints = endpoints(request.getUriInfo());
        if (endpoints.isEmpty()) {
            if (exchange.guard().settings().mode() != Mode.REPORT) {
                exchange.refuse(request);
            }
            return;
        }
        JudgedType.judged(exchange, request);
        Supplier<Map<String, String>> variables = () -> variables(request.getUriInfo());
        for (ResourceEndpoint endpoint : endpoints) {
            if (!passes(exchange, endpoint, variables, request)) {
                return;
            }
        }
    }

    private boolean passes(
            RestExchange exchange,
            ResourceEndpoint endpoint,
            Supplier<Map<String, String>> variables,
            ContainerRequestContext request)
            throws IOException {
        for (ResourceEndpoint locator : endpoint.locators()) {
            if (!LocatorGate.passes(exchange, resources.policy(locator), variables, request)) {
                return false;
            }
        }
        return exchange.admit(resources.policy(endpoint), variables, request);
    }

    private List<ResourceEndpoint> endpoints(UriInfo uri) {
        Class<?> type = matched == null ? null : matched.getResourceClass();
        Method method = matched == null ? null : matched.getResourceMethod();
        if (type == null || method == null) {
            return List.of();
        }
        List<ResourceEndpoint> found = resources.find(type, method, chain(uri), ResourcePath.join("", uri.getPath()));
        if (found.isEmpty()) {
            report(type, method);
        }
        return found;
    }

    /** Once for each handler; there are only as many as the application has. */
    private void report(Class<?> type, Method method) {
        String name = type.getName() + "." + method.getName();
        if (reported.add(name)) {
            LOG.warn("{} was not known at start-up, so that no policy covers it: it is refused", name);
        }
    }

    /** The framework has them the other way round. */
    private static List<Class<?>> chain(UriInfo uri) {
        List<Class<?>> chain = new ArrayList<>(4);
        for (Object resource : uri.getMatchedResources()) {
            chain.add(resource instanceof Class<?> type ? type : resource.getClass());
        }
        Collections.reverse(chain);
        return chain;
    }

    /** Where a name is bound twice, as by a locator and its method, the one that matched last comes first. */
    private static Map<String, String> variables(UriInfo uri) {
        Map<String, String> variables = new HashMap<>();
        uri.getPathParameters().forEach((name, values) -> {
            if (!values.isEmpty()) {
                variables.put(name, values.get(0));
            }
        });
        return variables;
    }
}
