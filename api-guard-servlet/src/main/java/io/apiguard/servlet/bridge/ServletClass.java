package io.apiguard.servlet.bridge;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The class of a plain servlet and the request methods it has code of its own for. */
final class ServletClass {

    static final ServletClass NONE = new ServletClass("", null, "");

    private static final Map<String, String> METHODS =
            Map.of("doGet", "GET", "doPost", "POST", "doPut", "PUT", "doDelete", "DELETE", "doPatch", "PATCH");
    private static final List<String> OF_CONTAINERS =
            List.of("org.apache.catalina.", "org.apache.jasper.", "org.eclipse.jetty.", "io.undertow.");
    private static final Set<String> FILES = Set.of("DefaultServlet", "ResourceServlet", "Default404Servlet");
    private static final Set<String> PAGES = Set.of("JspServlet", "JettyJspServlet", "NoJspServlet");
    private static final String STANDARD = "jakarta.annotation.security.";
    private static final String OWN = "io.apiguard.annotation.";

    private static final Logger LOG = LoggerFactory.getLogger(ServletClass.class);

    private final String name;
    private final @Nullable Class<?> type;
    private final String className;
    private final List<Operation> operations;

    private ServletClass(String name, @Nullable Class<?> type, String className) {
        this.name = name;
        this.type = type;
        this.className = className;
        this.operations = type == null ? List.of() : find(type);
    }

    /**
     * What serves one request method, or all of them.
     *
     * @param methods the request method; empty for all
     * @param method the Java method, or {@code null} if it is not known
     */
    record Operation(
            List<String> methods,
            String name,
            @Nullable Class<?> type,
            @Nullable Method method) {

        String key() {
            return String.join(",", methods);
        }

        boolean serves(@Nullable String httpMethod) {
            return httpMethod == null || methods.isEmpty() || methods.contains(httpMethod);
        }

        boolean isNamed(String handler) {
            return handler.equals(name)
                    || (type != null && method != null && handler.equals(type.getName() + "." + method.getName()));
        }

        /** Whether an annotation of its class or method says something of access. */
        boolean isAnnotated() {
            boolean found = method != null && isAnnotated(method);
            for (Class<?> at = type; at != null && !found; at = at.getSuperclass()) {
                found = isAnnotated(at);
                for (Class<?> implemented : at.getInterfaces()) {
                    found |= isAnnotated(implemented);
                }
            }
            return found;
        }

        private static boolean isAnnotated(AnnotatedElement element) {
            for (Annotation annotation : element.getDeclaredAnnotations()) {
                Class<?> kind = annotation.annotationType();
                if (isOurs(kind)) {
                    return true;
                }
                for (Annotation meta : kind.getDeclaredAnnotations()) {
                    if (isOurs(meta.annotationType())) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean isOurs(Class<?> annotation) {
            return annotation.getName().startsWith(STANDARD)
                    || annotation.getName().startsWith(OWN);
        }
    }

    static ServletClass of(ServletContext context, String name, @Nullable String className) {
        return new ServletClass(name, load(context, className), className == null ? "" : className);
    }

    private static @Nullable Class<?> load(ServletContext context, @Nullable String className) {
        ClassLoader[] loaders = {
            context.getClassLoader(),
            Thread.currentThread().getContextClassLoader(),
            ServletClass.class.getClassLoader()
        };
        for (ClassLoader loader : loaders) {
            try {
                if (className != null && loader != null) {
                    return Class.forName(className, false, loader);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} does not load {}", loader, className, e);
            }
        }
        return null;
    }

    private static List<Operation> find(Class<?> type) {
        Map<String, Method> found = new LinkedHashMap<>();
        for (Class<?> at = type; at != null && !at.getName().startsWith("jakarta.servlet."); at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (!method.isBridge() && isHandler(method)) {
                    found.putIfAbsent(method.getName(), method);
                }
            }
        }
        List<Operation> operations = new ArrayList<>();
        found.forEach((name, method) -> {
            String served = METHODS.get(name);
            operations.add(new Operation(
                    served == null ? List.of() : List.of(served), type.getSimpleName() + "." + name, type, method));
        });
        operations.sort((a, b) -> a.key().compareTo(b.key()));
        return operations;
    }

    private static boolean isHandler(Method method) {
        Class<?>[] taken = method.getParameterTypes();
        if (taken.length != 2) {
            return false;
        }
        boolean plain = taken[0] == ServletRequest.class && taken[1] == ServletResponse.class;
        boolean http = taken[0] == HttpServletRequest.class && taken[1] == HttpServletResponse.class;
        return method.getName().equals("service") ? plain || http : http && METHODS.containsKey(method.getName());
    }

    /** Whether a class is one of a container's own. */
    static boolean isOfContainer(String className) {
        for (String container : OF_CONTAINERS) {
            if (className.startsWith(container)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is what a container serves files and JSP pages with. */
    boolean isStatic() {
        return isOfContainer(className) && (FILES.contains(lastName()) || PAGES.contains(lastName()));
    }

    private String lastName() {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** {@return how a static one is used: by GET, and so HEAD; a page also by a POST that is forwarded to it} */
    Operation resources() {
        Operation whole = whole();
        List<String> methods = PAGES.contains(lastName()) ? List.of("GET", "POST") : List.of("GET");
        return new Operation(methods, whole.name(), whole.type(), whole.method());
    }

    /** {@return the servlet as a whole, for all request methods} */
    Operation whole() {
        return new Operation(List.of(), type == null ? name : type.getSimpleName(), type, null);
    }

    /**
     * Returns the operations that a route is about.
     *
     * @param method the route's request method, or {@code null} for all that the class has code for
     */
    List<Operation> operations(@Nullable String method) {
        if (operations.isEmpty()) {
            Operation whole = whole();
            return List.of(method == null ? whole : restricted(whole, method));
        }
        if (method == null) {
            return operations;
        }
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Operation operation : operations) {
            if (operation.methods().contains(wanted)) {
                return List.of(restricted(operation, method));
            }
        }
        return operations.stream()
                .filter(operation -> operation.methods().isEmpty())
                .map(operation -> restricted(operation, method))
                .toList();
    }

    private static Operation restricted(Operation operation, String method) {
        return new Operation(List.of(method), operation.name(), operation.type(), operation.method());
    }
}
