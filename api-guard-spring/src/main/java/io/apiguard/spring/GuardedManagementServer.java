package io.apiguard.spring;

import io.apiguard.servlet.bridge.GuardFilter;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;

/** Guards a management server on a port of its own, with the application's guard. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(GuardHolder.class)
class GuardedManagementServer {

    @Bean
    FilterRegistrationBean<GuardFilter> apiGuardManagementFilter(GuardHolder holder) {
        return new GuardFilterRegistration(new SpringHost(holder));
    }

    @Bean
    SmartInitializingSingleton apiGuardManagementStarter(WebApplicationContext context, GuardHolder holder) {
        return () -> {
            Dispatchers.verify(context);
            holder.alsoServedBy(EndpointScan.ofManagementServer(context));
        };
    }
}
