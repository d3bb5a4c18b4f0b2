package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.servlet.http.HttpServlet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Which dispatcher servlets may be there beside Boot's own. */
class DispatchersTest {

    private static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration,"
            + "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration";

    private static volatile boolean called;

    @RestController
    static class Hidden {
        @GetMapping("/hidden")
        String hidden() {
            called = true;
            return "hidden";
        }
    }

    private static ServletRegistrationBean<DispatcherServlet> registration(DispatcherServlet servlet) {
        ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(servlet, "/other/*");
        registration.setName("other");
        return registration;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithoutParent {
        @Bean
        ServletRegistrationBean<DispatcherServlet> other() {
            StaticWebApplicationContext own = new StaticWebApplicationContext();
            own.registerSingleton("hidden", Hidden.class);
            own.refresh();
            return registration(new DispatcherServlet(own));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithoutContext {
        @Bean
        ServletRegistrationBean<DispatcherServlet> other() {
            return registration(new DispatcherServlet());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class PastBoot {
        @Bean
        ServletContextInitializer other() {
            return servlets ->
                    servlets.addServlet("other", DispatcherServlet.class).addMapping("/other/*");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithParent {
        @Bean
        ServletRegistrationBean<DispatcherServlet> other(ApplicationContext parent) {
            GenericWebApplicationContext own = new GenericWebApplicationContext();
            own.registerBean(Hidden.class);
            own.setParent(parent);
            return registration(new DispatcherServlet(own));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class BesideAPlainServlet {
        @Bean
        ServletRegistrationBean<HttpServlet> other() {
            return new ServletRegistrationBean<>(new HttpServlet() {}, "/other/*");
        }
    }

    private static Throwable refusal(Class<?> application) {
        return catchThrowable(() -> RunningApp.of(application, WITHOUT_SECURITY).close());
    }

    @Test
    void start_dispatcherWithoutTheGuardsContext_isRefused() {
        assertThat(refusal(WithoutParent.class))
                .hasStackTraceContaining("dispatcher servlet 'other'")
                .hasStackTraceContaining("does not know the guard")
                .isInstanceOf(StartRefusedException.class);
    }

    @Test
    void start_dispatcherThatMakesItsContextLater_isRefused() {
        assertThat(refusal(WithoutContext.class)).isInstanceOf(StartRefusedException.class);
    }

    @Test
    void start_dispatcherRegisteredPastBoot_isRefused() {
        assertThat(refusal(PastBoot.class))
                .hasStackTraceContaining("registered past Spring Boot")
                .isInstanceOf(StartRefusedException.class);
    }

    @Test
    void dispatcherBeneathTheGuardsContext_handlerNobodyHasAPolicyFor_isNotCalled() {
        try (RunningApp app = RunningApp.of(WithParent.class, WITHOUT_SECURITY)) {
            called = false;
            assertThat(app.get("/other/hidden").statusCode()).isEqualTo(404);
            assertThat(called).isFalse();
        }
    }

    @Test
    void start_plainServletWithoutPolicy_isRefusedByItsMapping() {
        assertThat(refusal(BesideAPlainServlet.class)).hasStackTraceContaining("/other/**");
    }
}
