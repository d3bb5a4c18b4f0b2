package io.apiguard.servlet;

import io.apiguard.Guard;
import io.apiguard.GuardBuilder;
import io.apiguard.GuardConfigurationException;
import io.apiguard.GuardCustomizer;
import io.apiguard.servlet.ApiGuard.Installation;
import io.apiguard.servlet.bridge.FrameworkHost;
import io.apiguard.servlet.bridge.GuardFilter;
import io.apiguard.servlet.bridge.GuardedExchange;
import io.apiguard.servlet.bridge.ServletEndpoints;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the guard before all servlets of a context.
 *
 * <p>Register it with {@link ApiGuard#install(ServletContext)}; in a WAR the jar does so by itself. When it is
 * initialised it finds the
 * context's servlets, builds the guard, and fails with one message if a servlet has no policy, a route names
 * nothing, or the settings cannot
 * be used. Where another adapter guards the context it only passes requests on. Thread-safe once initialised.
 */
public final class ApiGuardFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFilter.class);
    private static final String NAME = "servlet";

    private @Nullable GuardFilter delegate;
    private @Nullable Guard own;

    /** Makes a filter; for {@code web.xml}, where {@link ApiGuard} does not register it. */
    public ApiGuardFilter() {}

    /**
     * Builds the guard, or finds who does.
     *
     * @param config the container's
     * @throws ServletException if the guard cannot be built; the message names every setting and servlet that is
     *     wrong, and the remedy
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        Optional<FrameworkHost> framework = framework(context);
        String name = framework.map(FrameworkHost::name).orElse(NAME);
        if (!FrameworkHost.claim(context, name)) {
            LOG.info(
                    "API Guard's servlet adapter stands back: {} guards this context",
                    context.getAttribute(FrameworkHost.ARMED));
            return;
        }
        delegate = new GuardFilter(framework.isPresent() ? framework.get() : host(context));
    }

    private static Optional<FrameworkHost> framework(ServletContext context) {
        return framework(context, loader(context))
                .or(() -> framework(context, ApiGuardFilter.class.getClassLoader())); // where jars are of the server
    }

    private static Optional<FrameworkHost> framework(ServletContext context, ClassLoader loader) {
        return ServiceLoader.load(FrameworkHost.Provider.class, loader).stream()
                .flatMap(provider -> provider.get().hostOf(context).stream())
                .findFirst();
    }

    private static ClassLoader loader(ServletContext context) {
        ClassLoader of = context.getClassLoader();
        return of == null ? ApiGuardFilter.class.getClassLoader() : of;
    }

    private FrameworkHost host(ServletContext context) throws ServletException {
        try {
            Installation given = Installation.of(context);
            ServletEndpoints servlets = ServletEndpoints.of(context, given.settings(), name -> false);
            GuardBuilder builder = Guard.builder(given.settings()).endpoints(servlets.endpoints());
            ServiceLoader.load(GuardCustomizer.class, loader(context)).forEach(each -> each.customize(builder));
            given.customizer().customize(builder);
            Guard guard = builder.build();
            own = guard;
            context.setAttribute(ApiGuard.GUARD, guard);
            return new ServletHost(Optional.of(new FrameworkHost.Armed(guard, servlets)));
        } catch (GuardConfigurationException | IllegalArgumentException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    /** Whether this filter guards the context, and no other adapter does. */
    boolean isArmed() {
        return delegate != null;
    }

    /** Whether the servlet may be called that a request has come to; if not, the request is answered. */
    boolean admitsPassedOn(GuardedExchange exchange, HttpServletRequest request) throws IOException {
        return delegate == null || delegate.admitsPassedOn(exchange, request);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (delegate == null) {
            chain.doFilter(request, response);
        } else {
            delegate.doFilter(request, response, chain);
        }
    }

    /** Writes what the audit log still has to, and stops the guard. */
    @Override
    public void destroy() {
        if (own != null) {
            own.close();
        }
    }
}
