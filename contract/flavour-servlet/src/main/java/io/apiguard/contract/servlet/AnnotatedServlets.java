package io.apiguard.contract.servlet;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RequiresScopes;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

/**
 * Servlets that say with annotations who may call: on the class, the method, a superclass, an interface, another
 * annotation.
 */
public final class AnnotatedServlets {

    private static final Map<String, Class<? extends HttpServlet>> BY_OPERATION = Map.of(
            "permitAll", PermitAllServlet.class,
            "denied", DeniedServlet.class,
            "rolesAllowed", RolesAllowedServlet.class,
            "limited", LimitedServlet.class,
            "annotatedInterface", OnInterface.class,
            "annotatedSuperclass", OnSuperclass.class,
            "annotatedMeta", ByMetaAnnotation.class,
            "annotatedClass", OnClass.class,
            "annotatedBoth", OnClassAndMethod.class);

    private AnnotatedServlets() {}

    /** {@return the servlets by the name of the operation each serves} */
    public static Map<String, Class<? extends HttpServlet>> byOperation() {
        return BY_OPERATION;
    }

    /** Public by the standard annotation. */
    public static class PermitAllServlet extends HttpServlet {
        @Override
        @PermitAll
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Closed by the standard annotation. */
    @DenyAll
    public static class DeniedServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Open to roles by the standard annotation. */
    @RolesAllowed({"auditor", "controller"})
    public static class RolesAllowedServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Limited by annotation. */
    @Authenticated
    public static class LimitedServlet extends HttpServlet {
        @Override
        @RateLimit(requests = 3, seconds = 60, name = "by-identity")
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Demands a scope of whatever implements it. */
    @RequiresScopes("annotated:read")
    public interface Scoped {}

    /** Annotated on its interface. */
    public static class OnInterface extends HttpServlet implements Scoped {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Annotated on the method that is overridden. */
    public abstract static class ScopedBase extends HttpServlet {
        @Override
        @RequiresScopes("annotated:read")
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(501);
        }
    }

    /** Annotated on its superclass. */
    public static class OnSuperclass extends ScopedBase {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** An annotation of the application's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresScopes("annotated:read")
    public @interface ReadsAnnotated {}

    /** Annotated by the application's own annotation. */
    @ReadsAnnotated
    public static class ByMetaAnnotation extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Annotated on its class. */
    @RequiresScopes("annotated:read")
    public static class OnClass extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }

    /** Annotated on class and method, which add up. */
    @RequiresScopes("annotated:read")
    public static class OnClassAndMethod extends HttpServlet {
        @Override
        @RequiresScopes("annotated:more")
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Binding.handle(request, response);
        }
    }
}
