package io.apiguard.spring;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;

/** Guards a servlet context for Spring: dispatcher servlets pass gate 2 at their handlers, every other servlet is a plain one. */
final class SpringHost implements FrameworkHost {

    private final GuardHolder holder;
    private final Map<String, Boolean> dispatchers = new ConcurrentHashMap<>();

    SpringHost(GuardHolder holder) {
        this.holder = holder;
    }

    @Override
    public String name() {
        return "spring";
    }

    @Override
    public Optional<Armed> armed() {
        return holder.armed();
    }

    @Override
    public boolean serves(String servletName, HttpServletRequest request) {
        return dispatchers.computeIfAbsent(servletName, name -> isDispatcher(request.getServletContext(), name));
    }

    /** Whether a servlet is Spring's; a context without any servlet is a test's, which calls Spring directly. */
    static boolean isDispatcher(ServletContext context, String servletName) {
        Map<String, ? extends ServletRegistration> all = context.getServletRegistrations();
        ServletRegistration registration = all.get(servletName);
        if (registration == null) {
            return all.isEmpty();
        }
        ClassLoader loader = context.getClassLoader();
        String type = registration.getClassName();
        return type != null
                && ClassUtils.isPresent(type, loader)
                && DispatcherServlet.class.isAssignableFrom(ClassUtils.resolveClassName(type, loader));
    }
}
