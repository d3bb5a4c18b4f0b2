package io.apiguard.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.apiguard.GuardSettings;
import io.apiguard.extension.jackson.AllMappers;
import io.apiguard.extension.jackson.Jackson2Properties;
import io.apiguard.extension.jackson.Jackson3Properties;
import io.apiguard.field.PropertyNames;
import io.apiguard.servlet.bridge.GuardFilter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.MappedInterceptor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Guards a Spring Boot application with Spring MVC: gate 1 in a servlet filter before all others, gate 2 in an interceptor at the handler
 * that Spring chose.
 *
 * <p>Settings are the {@code api-guard.*} properties of the environment ({@link GuardSettings}); where there are none, the file that
 * {@link GuardSettings#load()} finds. A bean of type {@link GuardSettings} goes before both. Beans are picked up that settings cannot name:
 *
 * <ul>
 *   <li>every {@link io.apiguard.authz.ObjectCheck}, under its bean name,
 *   <li>one {@link io.apiguard.secret.SecretSource}, {@link io.apiguard.authn.apikey.ApiKeyStore}, {@link io.apiguard.audit.AuditSink},
 *       {@link io.apiguard.authn.jwt.JwkSource}, {@link io.apiguard.authn.jwt.IssuerResolver}, {@link
 *       io.apiguard.authn.jwt.AccessTokenVerifier}, {@link io.apiguard.authn.introspection.IntrospectionVerifier}, {@link
 *       io.apiguard.authn.revocation.RevocationList} or {@link io.apiguard.store.RevocationStore}, and {@link
 *       io.apiguard.store.ReplayStore},
 *   <li>every {@link io.apiguard.event.GuardListener}, {@link PropertyNames} and {@link io.apiguard.GuardCustomizer},
 *   <li>an {@link java.time.InstantSource} named {@code apiGuardClock}, and a {@link java.net.http.HttpClient} named
 *       {@code apiGuardHttpClient}, which must not follow redirects.
 * </ul>
 *
 * <p>The filter comes before every other filter of the application, and so before Spring Security (order -100): what the guard refuses
 * Spring Security never sees, and what Spring Security refuses gets the guard's header fields and problem document. With
 * {@code api-guard.spring.security-context=true} its filters find the verified caller in the {@code SecurityContext}.
 *
 * <p>The application does not start if any handler has no policy, or a setting cannot be used.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration",
            "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@Import({HealthOfBoot35.class, HealthOfBoot40.class})
public final class ApiGuardAutoConfiguration {

    /** Makes the configuration; for Spring. */
    public ApiGuardAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static GuardSettings apiGuardSettings(Environment environment) {
        return EnvironmentSettings.of(environment);
    }

    @Bean
    static GuardHolder apiGuardHolder() {
        return new GuardHolder();
    }

    @Bean
    static FilterRegistrationBean<GuardFilter> apiGuardFilter(GuardHolder holder) {
        return new GuardFilterRegistration(new SpringHost(holder));
    }

    /** A bean, because only beans of this type are called for management endpoints and static resources too. */
    @Bean(Dispatchers.INTERCEPTOR)
    static MappedInterceptor apiGuardInterceptor(GuardHolder holder) {
        return new MappedInterceptor(null, new GuardInterceptor(holder));
    }

    @Bean
    static UnmatchedResolver apiGuardUnmatchedResolver() {
        return new UnmatchedResolver();
    }

    @Bean
    static SmartInitializingSingleton apiGuardStarter(
            WebApplicationContext context, GuardSettings settings, GuardHolder holder) {
        return new GuardStarter(context, settings, holder);
    }

    @Bean
    static LazyMultipart apiGuardLazyMultipart() {
        return new LazyMultipart();
    }

    @Bean
    static IdentityArgumentResolver.First apiGuardIdentityArgumentResolver() {
        return new IdentityArgumentResolver.First();
    }

    /** Spring's filter that reads forms of PUT, PATCH and DELETE would read them before gate 2, which the guard does not allow. */
    @Bean
    @ConditionalOnBean(FormContentFilter.class)
    static FilterRegistrationBean<FormContentFilter> apiGuardWithoutFormContentFilter(FormContentFilter filter) {
        FilterRegistrationBean<FormContentFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /** Names of properties by a Jackson 2 mapper, as Boot 3.5 has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "com.fasterxml.jackson.databind.ObjectMapper")
    @ConditionalOnBean(type = "com.fasterxml.jackson.databind.ObjectMapper")
    static class Jackson2 {
        @Bean
        static PropertyNames apiGuardJackson2Properties(ObjectProvider<ObjectMapper> mappers) {
            return new AllMappers(
                    all(mappers.stream().map(Jackson2Properties::new).toList()));
        }
    }

    /** Names of properties by a Jackson 3 mapper, as Boot 4 has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "tools.jackson.databind.json.JsonMapper")
    @ConditionalOnBean(type = "tools.jackson.databind.json.JsonMapper")
    static class Jackson3 {
        @Bean
        static PropertyNames apiGuardJackson3Properties(ObjectProvider<JsonMapper> mappers) {
            return new AllMappers(
                    all(mappers.stream().map(Jackson3Properties::new).toList()));
        }
    }

    /** The caller in Spring Security's context. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.web.context.SecurityContextRepository")
    static class SpringSecurity {
        @Bean
        static FilterRegistrationBean<SecurityContextFilter> apiGuardSecurityContextFilter(GuardSettings settings) {
            return SecurityContextFilter.registration(settings.spring().securityContext());
        }
    }

    private static List<PropertyNames> all(List<? extends PropertyNames> names) {
        return List.copyOf(names);
    }
}
