package io.apiguard.spring;

import io.apiguard.servlet.bridge.FrameworkHost;
import io.apiguard.servlet.bridge.GuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Registers the guard's filter before all others, whatever their order: it has to see the request as the server received it, so before
 * Spring's {@code ForwardedHeaderFilter} and {@code CharacterEncodingFilter}, and before Spring Security at -100.
 */
final class GuardFilterRegistration extends FilterRegistrationBean<GuardFilter> implements PriorityOrdered {

    private final FrameworkHost host;

    GuardFilterRegistration(FrameworkHost host) {
        super(new GuardFilter(host));
        this.host = host;
        setName("apiGuardFilter");
        setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        setOrder(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    protected FilterRegistration.Dynamic addRegistration(String description, ServletContext context) {
        if (!FrameworkHost.claim(context, host.name())) {
            throw new StartRefusedException("API Guard does not start:\n  - the adapter '"
                    + context.getAttribute(FrameworkHost.ARMED) + "' guards this servlet context already,"
                    + " and Spring's handlers would have no policies. Remove what installs it");
        }
        return super.addRegistration(description, context);
    }
}
