package io.apiguard.jaxrs;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The host of a servlet context that runs Jakarta REST: armed by the feature when its application is configured. */
final class JaxrsHost implements FrameworkHost {

    static final String NAME = "jaxrs";

    private static final String ATTRIBUTE = JaxrsHost.class.getName();
    private static final Set<String> FRAMEWORKS = Set.of(
            "org.glassfish.jersey.servlet.ServletContainer",
            "org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher",
            "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher",
            "org.jboss.resteasy.plugins.server.servlet.FilterDispatcher",
            "org.jboss.resteasy.plugins.server.servlet.Filter30Dispatcher");

    private final Set<String> servlets = ConcurrentHashMap.newKeySet();
    private final List<String> filterPatterns = new CopyOnWriteArrayList<>();
    private volatile @Nullable Armed armed;

    private JaxrsHost() {}

    /** Finds the host of a context by what is registered there; nothing if that is no Jakarta REST. */
    static Optional<JaxrsHost> find(ServletContext context) {
        JaxrsHost host = of(context);
        context.getServletRegistrations().forEach((name, registration) -> {
            if (isFramework(registration, context)) {
                host.servlets.add(name);
                loadOnStartup(registration);
            }
        });
        context.getFilterRegistrations().values().stream()
                .filter(registration -> isFramework(registration, context))
                .map(FilterRegistration::getUrlPatternMappings)
                .forEach(host.filterPatterns::addAll);
        return host.servlets.isEmpty() && host.filterPatterns.isEmpty() ? Optional.empty() : Optional.of(host);
    }

    /** Returns the one host of a context. */
    static JaxrsHost of(ServletContext context) {
        synchronized (context) {
            if (context.getAttribute(ATTRIBUTE) instanceof JaxrsHost found) {
                return found;
            }
            JaxrsHost host = new JaxrsHost();
            context.setAttribute(ATTRIBUTE, host);
            return host;
        }
    }

    private static boolean isFramework(Registration registration, ServletContext context) {
        String name = registration.getClassName();
        try {
            Class<?> at = name == null ? null : Class.forName(name, false, context.getClassLoader());
            while (at != null && !FRAMEWORKS.contains(at.getName())) {
                at = at.getSuperclass();
            }
            return at != null;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Endpoints are known when the servlet is; loaded at the first request, it would never be, since that waits
     * for them.
     */
    private static void loadOnStartup(ServletRegistration registration) {
        if (registration instanceof ServletRegistration.Dynamic dynamic) {
            try {
                dynamic.setLoadOnStartup(1);
            } catch (IllegalStateException tooLate) {
                return; // then its own setting has to do
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Armed> armed() {
        return Optional.ofNullable(armed);
    }

    void arm(Armed built) {
        if (armed != null) {
            throw new IllegalStateException(
                    "API Guard does not start:\n  - this servlet context runs a second Jakarta REST"
                            + " application. Put both into one, or into contexts of their own");
        }
        armed = built;
    }

    boolean isForeign(String servlet) {
        return servlets.contains(servlet);
    }

    void add(String servlet) {
        servlets.add(servlet);
    }

    @Override
    public boolean serves(String servletName, HttpServletRequest request) {
        return servlets.contains(servletName) || isFiltered(request);
    }

    @Override
    public boolean passesOn(String servletName, HttpServletRequest request) {
        return !servlets.contains(servletName) && isFiltered(request);
    }

    private boolean isFiltered(HttpServletRequest request) {
        if (filterPatterns.isEmpty()) {
            return false;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return filterPatterns.stream().anyMatch(pattern -> takes(pattern, path));
    }

    private static boolean takes(String pattern, String path) {
        if (!pattern.endsWith("/*")) {
            return path.equals(pattern);
        }
        String parent = pattern.substring(0, pattern.length() - 2);
        return path.equals(parent) || path.startsWith(parent + "/");
    }
}
