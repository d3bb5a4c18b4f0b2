package io.apiguard.servlet;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the guard into every WAR that has the jar; found by the container as a service. */
public final class ApiGuardInitializer implements ServletContainerInitializer {

    /** Makes an initializer; for the container. */
    public ApiGuardInitializer() {}

    /**
     * Registers the filter, unless the application or another adapter has put the guard into the context already.
     *
     * @param classes not used
     * @param context the context that is starting
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        if (context.getAttribute(FrameworkHost.ARMED) == null) {
            ApiGuard.install(context);
        }
    }
}
