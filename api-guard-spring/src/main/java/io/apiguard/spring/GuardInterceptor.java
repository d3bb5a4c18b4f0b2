package io.apiguard.spring;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import io.apiguard.EndpointPolicy;
import io.apiguard.GuardSettings.Mode;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Gate 2, at the handler that Spring chose.
 *
 * <p>A refusal is written here and now: thrown, or sent as an error, it would come before the application's exception handlers and error
 * pages, which may make anything of it.
 */
final class GuardInterceptor implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(GuardInterceptor.class);

    private final GuardHolder holder;

    GuardInterceptor(GuardHolder holder) {
        this.holder = holder;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Optional<GuardedExchange> exchange = GuardedExchange.of(request);
        if (exchange.isEmpty()) {
            LOG.error("A request came to a handler without having passed the guard's filter, and was refused");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        return admit(exchange.get(), request, handler);
    }

    private boolean admit(GuardedExchange exchange, HttpServletRequest request, Object handler) throws IOException {
        Optional<Endpoint> endpoint = holder.endpointOf(handler, request);
        if (request.getDispatcherType() == DispatcherType.ERROR && isErrorPage(endpoint)) {
            return exchange.admitErrorPage();
        }
        Optional<EndpointPolicy> policy = endpoint.flatMap(exchange.guard()::policyOf);
        if (policy.isPresent() && !isAbsent(policy.get(), exchange)) {
            return exchange.admit(policy.get(), () -> pathVariables(request));
        }
        if (exchange.guard().settings().mode() == Mode.REPORT) {
            return true;
        }
        LOG.debug("Nothing is known of {}, so it is not served", handler);
        exchange.refuse(HttpServletResponse.SC_NOT_FOUND, List.of());
        return false;
    }

    private static boolean isErrorPage(Optional<Endpoint> endpoint) {
        return endpoint.isPresent() && endpoint.get().kind() == Kind.ERROR;
    }

    /** Static files that nobody may fetch are as if they were not there; their pattern takes every path that nothing else does. */
    private static boolean isAbsent(EndpointPolicy policy, GuardedExchange exchange) {
        return policy.endpoint().kind() == Kind.STATIC
                && policy.access().access() == Access.DENIED
                && !policy.reportOnly()
                && exchange.guard().settings().mode() != Mode.REPORT;
    }

    private static Map<String, String> pathVariables(HttpServletRequest request) {
        if (request.getAttribute(RouterFunctions.REQUEST_ATTRIBUTE) instanceof ServerRequest routed
                && !routed.pathVariables().isEmpty()) {
            return routed.pathVariables();
        }
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().toString(), e -> e.getValue().toString()))
                : Map.of();
    }
}
