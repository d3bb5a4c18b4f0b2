package io.apiguard.servlet;

import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses what {@code ServletContext.getNamedDispatcher} leads to a servlet: containers do not run filters with a
 * URL pattern for it, and so the
 * guard's own filter never sees it. This one is mapped to all servlet names, and comes after that and after a framework
 * that is a filter: what such a one passes on to a servlet passes gate 2 here.
 */
final class NamedDispatchFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(NamedDispatchFilter.class);

    private final ApiGuardFilter first;

    NamedDispatchFilter(ApiGuardFilter first) {
        this.first = first;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<GuardedExchange> exchange = first.isArmed() ? GuardedExchange.of(request) : Optional.empty();
        HttpServletRequest asked = (HttpServletRequest) request;
        if (exchange.isEmpty()) {
            chain.doFilter(request, response);
        } else if (exchange.get().takeJudged(asked)) {
            if (first.admitsPassedOn(exchange.get(), asked)) {
                chain.doFilter(request, response);
            }
        } else {
            LOG.warn("A dispatch by name was refused, as it has no path to judge it by. Use a dispatcher for a path");
            exchange.get().refuseDispatchByName(request.getDispatcherType());
        }
    }
}
