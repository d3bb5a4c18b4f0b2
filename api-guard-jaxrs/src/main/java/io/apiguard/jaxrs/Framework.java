package io.apiguard.jaxrs;

import io.apiguard.Guard;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation runs the application, and what only it can tell; its classes are touched only where they
 * are.
 */
final class Framework {

    private static final List<String> PARTS =
            List.of("org.glassfish.", "org.jboss.resteasy.", "com.fasterxml.", "tools.jackson.", "org.eclipse.");

    private final boolean resteasy;
    private final @Nullable Application application;
    private final Set<Class<?>> classes;
    private final Set<Object> instances;

    private Framework(
            boolean resteasy, @Nullable Application application, Set<Class<?>> classes, Set<Object> instances) {
        this.resteasy = resteasy;
        this.application = application;
        this.classes = new HashSet<>(classes);
        this.instances = Set.copyOf(instances);
        instances.forEach(instance -> this.classes.add(instance.getClass()));
    }

    @SuppressWarnings("deprecation") // singletons are, and are still what applications use
    static Framework of(FeatureContext context, @Nullable Application injected) {
        if (context.getClass().getName().startsWith("org.jboss.resteasy.")) {
            return new Framework(true, Resteasy.application(), Resteasy.classes(), Resteasy.instances());
        }
        Configuration configuration = context.getConfiguration();
        Set<Class<?>> classes = new HashSet<>(configuration.getClasses());
        Set<Object> instances = new HashSet<>(configuration.getInstances());
        if (injected != null) {
            classes.addAll(injected.getClasses());
            instances.addAll(injected.getSingletons());
        }
        return new Framework(false, isJersey() ? JerseyApplication.unwrap(injected) : injected, classes, instances);
    }

    /** Neither implementation; what a test registers. */
    static Framework of(Set<Class<?>> classes, Set<Object> instances) {
        return new Framework(false, null, classes, instances);
    }

    static boolean isPresent(String type) {
        try {
            Class.forName(type, false, Framework.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Whether a class comes with an implementation or a provider, not from the application. */
    static boolean isPartOfOne(Class<?> type) {
        return PARTS.stream().anyMatch(type.getName()::startsWith);
    }

    private static boolean isJersey() {
        return isPresent("org.glassfish.jersey.server.ResourceConfig");
    }

    /** Jersey keeps the application that it was given inside one of its own. */
    private static final class JerseyApplication {
        static @Nullable Application unwrap(@Nullable Application outer) {
            return outer instanceof org.glassfish.jersey.server.ResourceConfig config ? config.getApplication() : outer;
        }
    }

    /** {@return all classes that the application registers, resources among others} */
    Set<Class<?>> classes() {
        return classes;
    }

    /** {@return the objects that the application registers} */
    Set<Object> instances() {
        return instances;
    }

    /** {@return the path the application declares for itself; empty for none} */
    String applicationPath() {
        ApplicationPath path = application == null
                ? null
                : ResourceMethods.userClass(application.getClass()).getAnnotation(ApplicationPath.class);
        return path == null ? "" : ResourcePath.join("", path.value());
    }

    boolean isResteasy() {
        return resteasy;
    }

    /** Registers what only this implementation offers. */
    void register(FeatureContext context, Guard guard, boolean hosted) {
        if (resteasy || !isJersey()) {
            return;
        }
        context.register(new JerseyEvents(guard, hosted));
        if (isPresent("org.glassfish.hk2.utilities.binding.AbstractBinder")) {
            context.register(new JerseyIdentity());
        }
    }
}
