package io.apiguard.spring;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.servlet.HandlerMapping;

/** Guards a servlet context for Spring: verified dispatcher servlets pass gate 2 at their handlers, every other servlet is a plain one. */
final class SpringHost implements FrameworkHost {

    private final GuardHolder holder;

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
        boolean serves = Dispatchers.isVerified(request.getServletContext(), servletName);
        if (serves && request.getDispatcherType() != DispatcherType.REQUEST) {
            forgetMatch(request);
        }
        return serves;
    }

    /** Not every handler mapping replaces what the dispatch before has matched, and the guard judges by it. */
    private static void forgetMatch(HttpServletRequest request) {
        request.removeAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        request.removeAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    }
}
