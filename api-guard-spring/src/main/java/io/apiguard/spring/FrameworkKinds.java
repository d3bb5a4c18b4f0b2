package io.apiguard.spring;

import io.apiguard.Endpoint.Kind;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Tells the handlers that Spring, Boot or springdoc bring along from the application's own. Types that moved between Boot 3.5 and 4 are
 * known by their simple names.
 */
final class FrameworkKinds {

    private static final String BOOT = "org.springframework.boot.";

    private final String servletPath;
    private final String health;

    private FrameworkKinds(Environment environment, String servletPath) {
        this.servletPath = withoutSlash(servletPath);
        this.health = withoutSlash(managementPath(environment)) + "/"
                + environment.getProperty("management.endpoints.web.path-mapping.health", "health");
    }

    static FrameworkKinds of(Environment environment) {
        return new FrameworkKinds(environment, environment.getProperty("spring.mvc.servlet.path", "/"));
    }

    /** A management server on a port of its own has a dispatcher servlet of its own, at the root. */
    static FrameworkKinds ofManagementServer(Environment environment) {
        return new FrameworkKinds(environment, "/");
    }

    /** The path under which management endpoints are served. */
    static String managementPath(Environment environment) {
        return environment.getProperty("management.endpoints.web.base-path", "/actuator");
    }

    /** A pattern with the path of the dispatcher servlet before it. */
    String template(String pattern) {
        String whole = servletPath + (pattern.isEmpty() || pattern.startsWith("/") ? "" : "/") + pattern;
        return whole.isEmpty() ? "/" : whole;
    }

    /** Whose handler it is. */
    Kind of(HandlerMapping mapping, Class<?> handler, String pattern) {
        if (isA(mapping.getClass(), BOOT, "AdditionalHealthEndpointPathsWebMvcHandlerMapping")) {
            return Kind.HEALTH;
        }
        if (isManagement(mapping)) {
            return managementKind(pattern);
        }
        if (isA(handler, BOOT, "ErrorController") || isA(handler, BOOT, "ManagementErrorEndpoint")) {
            return Kind.ERROR;
        }
        if (handler.getName().startsWith("org.springdoc.") || isApiDocs(handler, pattern)) {
            return Kind.API_DOCS;
        }
        return isStatic(mapping, handler) ? Kind.STATIC : Kind.APPLICATION;
    }

    /** Whose endpoint of the management server it is. */
    Kind managementKind(String pattern) {
        return pattern.equals(health) || pattern.startsWith(health + "/") ? Kind.HEALTH : Kind.MANAGEMENT;
    }

    /** Whether a class is of no interest to a reader of annotations. */
    boolean isFramework(Class<?> handler) {
        return handler.getName().startsWith("org.springframework.");
    }

    /** The one mapping of a management server of its own, which only asks the others. */
    boolean isManagementComposite(HandlerMapping mapping) {
        return isA(mapping.getClass(), BOOT, "CompositeHandlerMapping");
    }

    private static boolean isManagement(HandlerMapping mapping) {
        return isA(mapping.getClass(), BOOT, "AbstractWebMvcEndpointHandlerMapping")
                || isA(mapping.getClass(), BOOT, "ControllerEndpointHandlerMapping");
    }

    private static boolean isApiDocs(Class<?> handler, String pattern) {
        return ResourceHttpRequestHandler.class.isAssignableFrom(handler) && pattern.contains("/swagger-ui");
    }

    private static boolean isStatic(HandlerMapping mapping, Class<?> handler) {
        return ResourceHttpRequestHandler.class.isAssignableFrom(handler)
                || DefaultServletHttpRequestHandler.class.isAssignableFrom(handler)
                || isA(mapping.getClass(), BOOT, "WelcomePageHandlerMapping")
                || isA(mapping.getClass(), BOOT, "WelcomePageNotAcceptableHandlerMapping");
    }

    /** Whether a class is, extends or implements one of a package and simple name. */
    private static boolean isA(Class<?> type, String packageStart, String simpleName) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().startsWith(packageStart) && at.getSimpleName().equals(simpleName)) {
                return true;
            }
            for (Class<?> implemented : at.getInterfaces()) {
                if (isA(implemented, packageStart, simpleName)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String withoutSlash(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.isEmpty() || plain.startsWith("/") ? plain : "/" + plain;
    }
}
