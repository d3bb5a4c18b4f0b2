package io.apiguard.spring;

import io.apiguard.Guard;
import io.apiguard.GuardBuilder;
import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import io.apiguard.audit.AuditSink;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.IssuerResolver;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.authz.ObjectCheck;
import io.apiguard.event.GuardListener;
import io.apiguard.extension.jackson.AllMappers;
import io.apiguard.field.PropertyNames;
import io.apiguard.secret.SecretSource;
import io.apiguard.servlet.bridge.FrameworkHost.Armed;
import io.apiguard.servlet.bridge.ServletEndpoints;
import io.apiguard.store.ReplayStore;
import io.apiguard.store.RevocationStore;
import jakarta.servlet.ServletContext;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/** Builds the guard once all singletons exist, which is before the server accepts requests. */
final class GuardStarter implements SmartInitializingSingleton {

    /** The bean that is the clock of everything that looks at the time, if there is one of this name. */
    static final String CLOCK = "apiGuardClock";

    /** The bean that fetches key sets and discovery documents, if there is one of this name. */
    static final String HTTP_CLIENT = "apiGuardHttpClient";

    private static final String ACTUATOR =
            "org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType";
    private static final String SECURITY = "org.springframework.security.web.context.SecurityContextRepository";

    private final WebApplicationContext context;
    private final GuardSettings settings;
    private final GuardHolder holder;

    GuardStarter(WebApplicationContext context, GuardSettings settings, GuardHolder holder) {
        this.context = context;
        this.settings = settings;
        this.holder = holder;
    }

    @Override
    public void afterSingletonsInstantiated() {
        refuseContradictions();
        EndpointIndex index = new EndpointIndex(scan());
        Set<String> dispatchers = Dispatchers.verify(context);
        ServletContext servletContext = Objects.requireNonNull(context.getServletContext(), "servletContext");
        ServletEndpoints servlets = ServletEndpoints.of(servletContext, settings, dispatchers::contains);
        GuardBuilder builder =
                Guard.builder(settings).endpoints(index.endpoints()).endpoints(servlets.endpoints());
        addBeans(builder);
        holder.arm(new Armed(builder.build(), servlets), index);
    }

    private List<EndpointScan.Served> scan() {
        List<EndpointScan.Served> found = new ArrayList<>(EndpointScan.of(context));
        if (ClassUtils.isPresent(ACTUATOR, context.getClassLoader())) {
            found.addAll(ManagementServerScan.of(context));
        }
        return found;
    }

    private void addBeans(GuardBuilder builder) {
        context.getBeansOfType(ObjectCheck.class).forEach(builder::objectCheck);
        one(SecretSource.class, builder::secretSource);
        one(ApiKeyStore.class, builder::apiKeyStore);
        one(AuditSink.class, builder::auditSink);
        one(JwkSource.class, builder::keys);
        one(IssuerResolver.class, builder::issuers);
        one(AccessTokenVerifier.class, builder::accessTokens);
        one(IntrospectionVerifier.class, builder::opaqueTokens);
        one(RevocationList.class, builder::revocations);
        one(RevocationStore.class, builder::revocationStore);
        one(ReplayStore.class, builder::replayStore);
        named(CLOCK, InstantSource.class, builder::clock);
        named(HTTP_CLIENT, HttpClient.class, builder::httpClient);
        all(GuardListener.class).forEach(builder::listener);
        List<PropertyNames> mappers = all(PropertyNames.class);
        if (!mappers.isEmpty()) {
            builder.propertyNames(new AllMappers(mappers));
        }
        ServiceLoader.load(GuardCustomizer.class, context.getClassLoader())
                .forEach(customizer -> customizer.customize(builder));
        all(GuardCustomizer.class).forEach(customizer -> customizer.customize(builder));
    }

    private <T> void one(Class<T> type, Consumer<T> taker) {
        context.getBeanProvider(type).ifAvailable(taker);
    }

    private <T> List<T> all(Class<T> type) {
        return context.getBeanProvider(type).orderedStream().toList();
    }

    private <T> void named(String name, Class<T> type, Consumer<T> taker) {
        if (context.containsBean(name)) {
            taker.accept(context.getBean(name, type));
        }
    }

    private void refuseContradictions() {
        if (settings.spring().securityContext() && !ClassUtils.isPresent(SECURITY, context.getClassLoader())) {
            throw new StartRefusedException("API Guard does not start:\n  - api-guard.spring.security-context is true,"
                    + " and Spring Security is not on the class path. Set it to false, or add spring-security-web");
        }
        Environment environment = context.getEnvironment();
        boolean rewritten = "native".equalsIgnoreCase(environment.getProperty("server.forward-headers-strategy"));
        if (rewritten && settings.proxies().forwarded() != GuardSettings.Forwarded.NONE) {
            throw new StartRefusedException(
                    "API Guard does not start:\n  - server.forward-headers-strategy is native, so that"
                            + " the server rewrites the client's address before api-guard.proxies.forwarded is looked at."
                            + " Set server.forward-headers-strategy to none");
        }
    }
}
