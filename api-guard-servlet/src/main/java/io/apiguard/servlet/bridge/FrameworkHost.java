package io.apiguard.servlet.bridge;

import io.apiguard.Guard;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Whoever builds the guard of a servlet context, and passes gate 2 for what it serves itself.
 *
 * <p>Implementations are thread-safe: every request asks.
 */
public interface FrameworkHost {

    /** The attribute of a servlet context that holds the {@link #name} of the only host that guards it. */
    String ARMED = "io.apiguard.armed";

    /** {@return what the context's coverage is reported under: {@code spring}, {@code jaxrs} or {@code servlet}} */
    String name();

    /**
     * {@return the guard with the plain servlets it was built with; empty until it is built, and every request is
     * answered with 503 so long}
     */
    Optional<Armed> armed();

    /**
     * Tells whether gate 2 is passed by the host, at the handler it chooses, by calling {@link
     * GuardedExchange#admit}. What a host serves
     * and does not admit never gets out.
     *
     * @param servletName the servlet that the container chose for this dispatch; empty if it named none
     * @param request the request as the container dispatches it
     * @return whether the host serves it; if not, it is a plain servlet's
     */
    boolean serves(String servletName, HttpServletRequest request);

    /**
     * Tells whether what the host {@linkplain #serves serves} may go on to a plain servlet, as where its framework is a filter that passes on
     * what it does not know: gate 2 is then passed before that servlet as well.
     *
     * @param servletName the servlet that the container chose for this dispatch; empty if it named none
     * @param request the request as the container dispatches it
     * @return whether it may
     */
    default boolean passesOn(String servletName, HttpServletRequest request) {
        return false;
    }

    /**
     * A guard that is built.
     *
     * @param guard the guard
     * @param servlets the plain servlets whose endpoints the guard was built with
     */
    record Armed(Guard guard, ServletEndpoints servlets) {}

    /**
     * Finds the host of a servlet context; implemented by adapters as a service, asked when the filter is
     * initialised.
     */
    @FunctionalInterface
    interface Provider {

        /**
         * Finds the host.
         *
         * @param context a context whose servlets and filters are all registered
         * @return the host; empty if its framework serves nothing in this context
         */
        Optional<FrameworkHost> hostOf(ServletContext context);
    }

    /**
     * Takes a servlet context, unless another host has it: only one guards a context.
     *
     * @param context the context
     * @param name the host's name
     * @return whether the context is the host's
     */
    static boolean claim(ServletContext context, String name) {
        synchronized (context) {
            Object winner = context.getAttribute(ARMED);
            if (winner == null) {
                context.setAttribute(ARMED, name);
            }
            return winner == null || winner.equals(name);
        }
    }
}
