package io.apiguard.spring;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets no application start that has the jar and would not be guarded by it. */
@AutoConfiguration
class UnguardableAutoConfiguration {

    /** Spring WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {
        @Bean
        static BeanFactoryPostProcessor apiGuardRefusesReactiveApplications() {
            return refusing("this is a reactive application (Spring WebFlux), which api-guard-spring cannot guard:"
                    + " none of its handlers would be checked. Use Spring MVC (spring.main.web-application-type=servlet with"
                    + " spring-boot-starter-web), or remove api-guard-spring");
        }
    }

    /** A servlet application without Spring MVC, and without the adapter for Jakarta REST. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnMissingClass({"org.springframework.web.servlet.DispatcherServlet", "io.apiguard.jaxrs.ApiGuardFeature"
    })
    static class WithoutMvc {
        @Bean
        static BeanFactoryPostProcessor apiGuardRefusesApplicationsWithoutMvc() {
            return refusing("this servlet application has no Spring MVC, so that api-guard-spring has nothing to guard."
                    + " Add api-guard-jaxrs if Jakarta REST serves it, or remove api-guard-spring");
        }
    }

    private static BeanFactoryPostProcessor refusing(String why) {
        return beans -> {
            throw new StartRefusedException("API Guard does not start:\n  - " + why);
        };
    }
}
