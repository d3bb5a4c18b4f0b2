package io.apiguard.servlet;

import io.apiguard.Guard;
import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Puts the guard into a servlet context, for embedded servers, where the jar cannot do it by itself.
 *
 * <p>Call it while the context starts, which is when a server runs its {@code ServletContainerInitializer}s:
 *
 * <pre>{@code
 * context.addServletContainerInitializer((classes, servletContext) -> ApiGuard.install(servletContext), Set.of());
 * }</pre>
 *
 * <p>(Tomcat's {@code Context} and Jetty's {@code ServletContextHandler} take it so; Undertow as a {@code
 * ServletContainerInitializerInfo}.)
 * Servlets may be registered before or after: they are looked for when the filter is initialised.
 */
public final class ApiGuard {

    /** The name the filter is registered under: {@value}. */
    public static final String FILTER_NAME = "api-guard";

    static final String GUARD = "io.apiguard.guard";
    private static final String INSTALLATION = "io.apiguard.installation";

    private ApiGuard() {}

    /**
     * Puts the guard before everything else in a context, with the settings that {@link GuardSettings#load()} finds.
     *
     * @param context a context that is starting
     */
    public static void install(ServletContext context) {
        ApiGuardFilter filter = new ApiGuardFilter();
        FilterRegistration.Dynamic registration = context.addFilter(FILTER_NAME, filter);
        if (registration != null) {
            asynchronous(registration).addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
            asynchronous(context.addFilter(FILTER_NAME + "-by-name", new NamedDispatchFilter(filter)))
                    .addMappingForServletNames(EnumSet.allOf(DispatcherType.class), false, "*");
        }
    }

    private static FilterRegistration.Dynamic asynchronous(FilterRegistration.Dynamic registration) {
        registration.setAsyncSupported(true);
        return registration;
    }

    /**
     * Puts a guard with given settings before everything else in a context. They hold too where the jar has put
     * the guard there before.
     *
     * @param context a context that is starting
     * @param settings the settings
     * @param customizer adds what settings cannot say, such as object checks; called when the guard is built
     */
    public static void install(ServletContext context, GuardSettings settings, GuardCustomizer customizer) {
        context.setAttribute(INSTALLATION, new Installation(settings, customizer));
        install(context);
    }

    /** What an application says of the guard itself. */
    record Installation(GuardSettings settings, GuardCustomizer customizer) {

        static Installation of(ServletContext context) {
            return context.getAttribute(INSTALLATION) instanceof Installation given
                    ? given
                    : new Installation(GuardSettings.load(), builder -> {});
        }
    }

    /**
     * Finds the guard of a context of plain servlets, to ask for its coverage.
     *
     * @param context the context
     * @return the guard; empty until the filter is initialised, or if another adapter guards the context
     */
    public static Optional<Guard> guardOf(ServletContext context) {
        return context.getAttribute(GUARD) instanceof Guard guard ? Optional.of(guard) : Optional.empty();
    }
}
