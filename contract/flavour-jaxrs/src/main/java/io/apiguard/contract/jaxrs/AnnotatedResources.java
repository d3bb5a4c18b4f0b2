package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.RequiresScopes;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.contract.Receipt;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

/** Resources whose demands stand on an interface, a superclass, a generic method, another annotation, the class. */
public final class AnnotatedResources {

    private AnnotatedResources() {}

    /** Has the guard's annotation. */
    public interface Scoped {
        /**
         * Answers.
         *
         * @param caller who calls
         * @return who called
         */
        @RequiresScopes("annotated:read")
        Map<String, Object> get(Identity caller);
    }

    /** Annotated on its interface. */
    @Path("api/annotated/interface")
    public static class OnInterface implements Scoped {
        @Override
        @GET
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> get(@Context Identity caller) {
            return ContractHandlers.describe("annotatedInterface", caller);
        }
    }

    /** Has all annotations, those of Jakarta REST too. */
    public abstract static class ScopedBase {
        /**
         * Answers.
         *
         * @param caller who calls
         * @return who called
         */
        @GET
        @Produces(MediaType.APPLICATION_JSON)
        @RequiresScopes("annotated:read")
        public abstract Map<String, Object> get(@Context Identity caller);
    }

    /** Annotated on its superclass. */
    @Path("api/annotated/superclass")
    public static class OnSuperclass extends ScopedBase {
        @Override
        public Map<String, Object> get(Identity caller) {
            return ContractHandlers.describe("annotatedSuperclass", caller);
        }
    }

    /**
     * Has the guard's annotation on a method that is bridged.
     *
     * @param <T> the body
     */
    public abstract static class Generic<T> {
        /**
         * Takes a body.
         *
         * @param body the body
         * @return what was read
         */
        @RequiresScopes("annotated:read")
        public abstract Receipt accept(T body);
    }

    /** Annotated on the generic method it implements. */
    @Path("api/annotated/generic")
    public static class OnGenericMethod extends Generic<byte[]> {
        @Override
        @POST
        @Produces(MediaType.APPLICATION_JSON)
        public Receipt accept(byte[] body) {
            return ContractHandlers.receive("annotatedGeneric", body);
        }
    }

    /** An annotation of the application's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresScopes("annotated:read")
    public @interface ReadsAnnotated {}

    /** Annotated by the application's own annotation. */
    @Path("api/annotated/meta")
    public static class ByMetaAnnotation {
        @GET
        @Produces(MediaType.APPLICATION_JSON)
        @ReadsAnnotated
        public Map<String, Object> get(@Context Identity caller) {
            return ContractHandlers.describe("annotatedMeta", caller);
        }
    }

    /** Annotated on its class, and on a method besides. */
    @Path("api/annotated")
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresScopes("annotated:read")
    public static class OnClass {
        @GET
        @Path("class")
        public Map<String, Object> get(@Context Identity caller) {
            return ContractHandlers.describe("annotatedClass", caller);
        }

        @GET
        @Path("both")
        @RequiresScopes("annotated:more")
        public Map<String, Object> both(@Context Identity caller) {
            return ContractHandlers.describe("annotatedBoth", caller);
        }
    }
}
