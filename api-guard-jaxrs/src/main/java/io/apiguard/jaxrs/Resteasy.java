package io.apiguard.jaxrs;

import io.apiguard.identity.Identity;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What RESTEasy alone knows, asked without a dependency on it: the deployment that is starting, and its own way
 * of injection.
 */
final class Resteasy {

    private static final String CONTEXT = "org.jboss.resteasy.core.ResteasyContext";
    private static final String DEPLOYMENT = "org.jboss.resteasy.spi.ResteasyDeployment";

    private static final String UNSUPPORTED = "this version of RESTEasy is not supported: ";

    private Resteasy() {}

    /** Whether an application is being deployed on this thread. */
    static boolean isDeploying() {
        return deployment() != null;
    }

    private static @Nullable Object deployment() {
        try {
            return type(CONTEXT).getMethod("getContextData", Class.class).invoke(null, type(DEPLOYMENT));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader());
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? Resteasy.class.getClassLoader() : ofThread;
    }

    /** {@return the application that is being deployed; {@code null} if there is none} */
    static @Nullable Application application() {
        return read("getApplication") instanceof Application application ? application : null;
    }

    /** {@return the classes of what is being deployed, resources among others} */
    static Set<Class<?>> classes() {
        Set<Class<?>> classes = new HashSet<>(providers());
        for (String getter : List.of("getActualResourceClasses", "getResources", "getResourceFactories")) {
            elements(getter).forEach(element -> add(element, classes));
        }
        for (String getter : List.of("getResourceClasses", "getScannedResourceClasses")) {
            elements(getter).forEach(name -> add(name, classes));
        }
        return classes;
    }

    /** {@return the classes of providers that the application registers itself} */
    static Set<Class<?>> providers() {
        Set<Class<?>> classes = new HashSet<>();
        Application application = application();
        if (application != null) {
            classes.addAll(application.getClasses());
        }
        for (String getter : List.of("getActualProviderClasses", "getProviderClasses", "getScannedProviderClasses")) {
            elements(getter).forEach(element -> add(element, classes));
        }
        instances().forEach(instance -> classes.add(instance.getClass()));
        return classes;
    }

    /** {@return the objects that the application registers itself} */
    @SuppressWarnings("deprecation") // singletons are, and are still what applications use
    static Set<Object> instances() {
        Application application = application();
        Set<Object> instances = new HashSet<>(elements("getProviders"));
        instances.addAll(application == null ? Set.of() : application.getSingletons());
        return instances;
    }

    private static Collection<Object> elements(String getter) {
        return read(getter) instanceof Collection<?> elements ? new ArrayList<>(elements) : List.of();
    }

    private static @Nullable Object read(String getter) {
        Object deployment = deployment();
        try {
            return deployment == null
                    ? null
                    : type(DEPLOYMENT).getMethod(getter).invoke(deployment);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(UNSUPPORTED + DEPLOYMENT + "." + getter, e);
        }
    }

    private static void add(Object element, Set<Class<?>> classes) {
        try {
            if (element instanceof Class<?> type) {
                classes.add(type);
            } else {
                classes.add(element instanceof String name ? type(name.strip()) : element.getClass());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class " + element + " of the deployment is not there", e);
        }
    }

    /**
     * {@return what makes the caller injectable with {@code @Context} for the time of a request; RESTEasy
     * forgets it at the request's end}
     */
    static Consumer<@Nullable Identity> injection() {
        try {
            Method push = type(CONTEXT).getMethod("pushContext", Class.class, Object.class);
            return identity -> push(push, identity);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(UNSUPPORTED + CONTEXT, e);
        }
    }

    private static void push(Method push, @Nullable Identity identity) {
        try {
            push.invoke(null, Identity.class, identity);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(UNSUPPORTED + CONTEXT, e);
        }
    }
}
