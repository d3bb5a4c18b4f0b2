package io.apiguard.spring;

import io.apiguard.identity.Identity;
import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Fills Spring Security's context with the verified caller, for one dispatch.
 *
 * <p>Spring Security's own filter loads its context anew from its repository; the one for request attributes is among the default ones, so
 * that is where the caller is put. The thread's context is set besides for applications without that filter, and is cleared when the
 * dispatch leaves the thread. Nothing is set for a request without an identity.
 */
final class SecurityContextFilter implements Filter {

    private final RequestAttributeSecurityContextRepository repository =
            new RequestAttributeSecurityContextRepository();
    private final SecurityContextHolderStrategy strategy = SecurityContextHolder.getContextHolderStrategy();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Identity> identity = GuardedExchange.of(request)
                .flatMap(exchange -> exchange.received().identity());
        if (identity.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        SecurityContext context = strategy.createEmptyContext();
        context.setAuthentication(new IdentityAuthentication(identity.get()));
        repository.saveContext(context, (HttpServletRequest) request, (HttpServletResponse) response);
        try {
            strategy.setContext(context);
            chain.doFilter(request, response);
        } finally {
            strategy.clearContext();
        }
    }

    /** Directly after the guard's filter; a forward or an include stays on a thread whose context is set already. */
    static FilterRegistrationBean<SecurityContextFilter> registration(boolean enabled) {
        FilterRegistrationBean<SecurityContextFilter> registration = new Early(new SecurityContextFilter());
        registration.setName("apiGuardSecurityContextFilter");
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setEnabled(enabled);
        return registration;
    }

    private static final class Early extends FilterRegistrationBean<SecurityContextFilter> implements PriorityOrdered {
        Early(SecurityContextFilter filter) {
            super(filter);
        }
    }
}
