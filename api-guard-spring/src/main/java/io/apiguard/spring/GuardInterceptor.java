package io.apiguard.spring;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import io.apiguard.EndpointPolicy;
import io.apiguard.GuardSettings.Mode;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.http.Header;
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
import org.springframework.web.servlet.function.HandlerFunction;
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
            return isLetIn(exchange, request) && exchange.admit(policy.get(), () -> pathVariables(handler, request));
        }
        if (exchange.guard().settings().mode() == Mode.REPORT) {
            return true;
        }
        LOG.debug("Nothing is known of {}, so it is not served", handler);
        exchange.refuse(HttpServletResponse.SC_NOT_FOUND, List.of());
        return false;
    }

    /** Refuses a method that gate 1 would not have let in, and that a filter such as HiddenHttpMethodFilter has put in place of it. */
    private static boolean isLetIn(GuardedExchange exchange, HttpServletRequest request) throws IOException {
        String method = request.getMethod();
        List<String> methods = exchange.guard().settings().transport().methods();
        boolean replaced = request.getDispatcherType() != DispatcherType.ERROR
                && !method.equals(exchange.received().exchange().request().method());
        if (!replaced || methods.contains(method) || exchange.guard().settings().mode() == Mode.REPORT) {
            return true;
        }
        exchange.refuse(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED, List.of(new Header("Allow", String.join(", ", methods))));
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

    /** The variables of this dispatch: what a functional endpoint has left on the request is there after a forward too. */
    private static Map<String, String> pathVariables(Object handler, HttpServletRequest request) {
        if (handler instanceof HandlerFunction) {
            Object routed = request.getAttribute(RouterFunctions.REQUEST_ATTRIBUTE);
            return routed instanceof ServerRequest matched ? matched.pathVariables() : Map.of();
        }
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().toString(), e -> e.getValue().toString()))
                : Map.of();
    }
}
