package io.apiguard.spring;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Finds the dispatcher servlets that call the guard's interceptor: those whose application context is the one that has it, or a
 * descendant. An application with any other does not start, because nothing would stand before its handlers.
 */
final class Dispatchers {

    /** The bean name of the guard's interceptor, which marks the context that has it. */
    static final String INTERCEPTOR = "apiGuardInterceptor";

    private static final String ATTRIBUTE = Dispatchers.class.getName();

    private Dispatchers() {}

    /** What is noted in a servlet context; one without any servlet is a test's, which calls Spring directly. */
    private record Verified(Set<String> names, boolean all) {}

    /**
     * Verifies the dispatcher servlets of a server, and notes them in its servlet context.
     *
     * @param server the context that has registered the server's servlets
     * @return the servlets' names
     * @throws StartRefusedException if one would not call the guard's interceptor
     */
    static Set<String> verify(WebApplicationContext server) {
        ServletContext servlets = Objects.requireNonNull(server.getServletContext(), "servletContext");
        Map<String, ? extends ServletRegistration> registrations = servlets.getServletRegistrations();
        Map<String, List<Servlet>> instances = instances(server);
        Set<String> names = new TreeSet<>();
        registrations.forEach((name, registration) -> {
            if (isDispatcher(servlets, registration.getClassName())) {
                refuseUnguarded(name, instances.getOrDefault(name, List.of()), server);
                names.add(name);
            }
        });
        servlets.setAttribute(ATTRIBUTE, new Verified(Set.copyOf(names), registrations.isEmpty()));
        return names;
    }

    /** Whether a servlet was verified; what is not known is a plain servlet. */
    static boolean isVerified(ServletContext servlets, String name) {
        return servlets.getAttribute(ATTRIBUTE) instanceof Verified verified
                && (verified.all() || verified.names().contains(name));
    }

    private static boolean isDispatcher(ServletContext servlets, @Nullable String type) {
        ClassLoader loader = servlets.getClassLoader();
        return type != null
                && ClassUtils.isPresent(type, loader)
                && DispatcherServlet.class.isAssignableFrom(ClassUtils.resolveClassName(type, loader));
    }

    /** Boot registers registration beans under their names, and other servlet beans under the beans' names. */
    private static Map<String, List<Servlet>> instances(ApplicationContext server) {
        Map<String, List<Servlet>> instances = new HashMap<>();
        server.getBeansOfType(Servlet.class).forEach((name, servlet) -> add(instances, name, servlet));
        server.getBeansOfType(ServletRegistrationBean.class)
                .values()
                .forEach(bean -> add(instances, bean.getServletName(), bean.getServlet()));
        return instances;
    }

    private static void add(Map<String, List<Servlet>> instances, String name, Servlet servlet) {
        instances.computeIfAbsent(name, key -> new ArrayList<>()).add(servlet);
    }

    private static void refuseUnguarded(String name, List<Servlet> instances, ApplicationContext server) {
        if (instances.isEmpty()) {
            throw refused(
                    name,
                    "is registered past Spring Boot, so that nobody can tell whether it calls the guard."
                            + " Register it by a ServletRegistrationBean, or remove it");
        }
        for (Servlet servlet : instances) {
            if (!(servlet instanceof DispatcherServlet dispatcher) || !isGuarded(dispatcher, server)) {
                throw refused(
                        name,
                        "has an application context of its own, or none yet, that does not know the guard,"
                                + " so that nothing would guard its handlers. Give it the application's context, or one whose"
                                + " parent that is, when it is registered; or remove it");
            }
        }
    }

    private static boolean isGuarded(DispatcherServlet dispatcher, ApplicationContext server) {
        ApplicationContext guarded = guarded(server);
        ApplicationContext at = dispatcher.getWebApplicationContext();
        while (at != null && at != guarded) {
            at = at.getParent();
        }
        return at != null;
    }

    private static ApplicationContext guarded(ApplicationContext server) {
        ApplicationContext at = server;
        while (at != null && !at.containsLocalBean(INTERCEPTOR)) {
            at = at.getParent();
        }
        return Objects.requireNonNull(at, INTERCEPTOR);
    }

    private static StartRefusedException refused(String name, String why) {
        return new StartRefusedException("API Guard does not start:\n  - the dispatcher servlet '" + name + "' " + why);
    }
}
