package io.apiguard.jaxrs;

import io.apiguard.GuardSettings;
import io.apiguard.servlet.ApiGuardFilter;
import io.apiguard.servlet.bridge.FrameworkHost;
import io.apiguard.servlet.bridge.GuardedExchange;
import io.apiguard.servlet.bridge.ServletEndpoints;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Arms where the servlet API is; that need not mean that there is a servlet container. */
final class ServletArming implements Feature {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFeature.class);

    private final Arming arming;

    @Context
    private @Nullable ServletContext servletContext;

    @Context
    private @Nullable ServletConfig servletConfig;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    ServletArming(Arming arming) {
        this.arming = arming;
    }

    @Override
    public boolean configure(FeatureContext context) {
        ServletContext container = usable(servletContext, ServletContext::getContextPath);
        if (container == null) {
            arming.arm(context);
            return true;
        }
        if (!FrameworkHost.claim(container, JaxrsHost.NAME)) {
            LOG.info(
                    "API Guard's Jakarta REST adapter stands back: {} guards this context",
                    container.getAttribute(FrameworkHost.ARMED));
            return false;
        }
        arm(context, container);
        return true;
    }

    /** What is injected may stand for something that is not there, which it tells when it is asked. */
    private static <T> @Nullable T usable(@Nullable T injected, Consumer<T> probe) {
        try {
            if (injected != null) {
                probe.accept(injected);
            }
            return injected;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void arm(FeatureContext context, ServletContext container) {
        JaxrsHost host = JaxrsHost.of(container);
        GuardSettings settings = arming.settings();
        ServletConfig config = usable(servletConfig, ServletConfig::getServletName);
        String name = config == null ? null : config.getServletName();
        if (name != null) {
            host.add(name);
        }
        boolean filtered = isFiltered(container);
        ServletEndpoints servlets = ServletEndpoints.of(container, settings, filtered ? host::isForeign : any -> true);
        GuardedResources resources = arming.resources(settings, prefix(container, name), servlets.endpoints());
        host.arm(new FrameworkHost.Armed(resources.guard(), servlets));
        arming.register(
                context,
                resources,
                filtered,
                filtered
                        ? request -> hosted()
                        : request -> {
                            return Arming.standalone(resources, request, new ServletPeers(running()));
                        });
    }

    private static boolean isFiltered(ServletContext container) {
        return container.getFilterRegistrations().values().stream()
                .anyMatch(filter -> ApiGuardFilter.class.getName().equals(filter.getClassName()));
    }

    /** The path of the servlet's mapping, which is what the framework takes for its base; a filter's is the context. */
    private static String prefix(ServletContext container, @Nullable String name) {
        ServletRegistration registration = name == null ? null : container.getServletRegistration(name);
        return registration == null
                ? ""
                : registration.getMappings().stream()
                        .filter(mapping -> mapping.endsWith("/*"))
                        .map(mapping -> ResourcePath.join("", mapping.substring(0, mapping.length() - 2)))
                        .findFirst()
                        .orElse("");
    }

    private HttpServletRequest running() {
        HttpServletRequest request = servletRequest;
        if (request == null) {
            throw new IllegalStateException("there is no servlet request");
        }
        return request;
    }

    private HostedExchange hosted() {
        return GuardedExchange.of(running())
                .map(HostedExchange::new)
                .orElseThrow(() -> new IllegalStateException("the request came past the guard's filter; map it to /*"));
    }

    /** The container's own connections. */
    private record ServletPeers(HttpServletRequest request) implements PeerSource {

        @Override
        public String peerAddress(ContainerRequestContext ignored) {
            return request.getRemoteAddr();
        }

        @Override
        public boolean secure(ContainerRequestContext ignored) {
            return request.isSecure();
        }
    }
}
