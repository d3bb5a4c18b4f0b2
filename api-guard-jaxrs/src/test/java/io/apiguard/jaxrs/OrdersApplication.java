package io.apiguard.jaxrs;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.annotation.Sensitive;
import io.apiguard.identity.Identity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An application with one of everything. */
@ApplicationPath("/api")
public class OrdersApplication extends Application {

    static final AtomicInteger LOCATIONS = new AtomicInteger();

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(Orders.class, Teapots.class);
    }

    /** What is shown of an order. */
    public record Order(String id, @Sensitive String card) {}

    /** Every way into the guard. */
    @Path("orders")
    @Produces("application/json")
    public static class Orders {

        @GET
        @PublicEndpoint
        public String list() {
            return "[]";
        }

        @GET
        @Path("{id}")
        @RequiresScopes("orders:read")
        @RequiresObjectAccess("owner")
        public Order get(@PathParam("id") String id) {
            return new Order(id, "4111111111111111");
        }

        @GET
        @Path("{id}/open")
        @Authenticated
        public Response open(@PathParam("id") String id) {
            return Response.ok(new Order(id, "4111111111111111")).build();
        }

        @POST
        @Authenticated
        @Consumes("application/json")
        public String create(Map<String, Object> body) {
            return "{\"size\":" + body.size() + "}";
        }

        @GET
        @Path("me")
        @Authenticated
        @Produces("text/plain")
        public String me(@Context Identity identity, @Context SecurityContext context) {
            return identity.subject() + " " + (context.getUserPrincipal() == identity) + " "
                    + context.isUserInRole("admin");
        }

        @GET
        @Path("who")
        @PublicEndpoint
        @Produces("text/plain")
        public String who(@Context Identity identity) {
            return String.valueOf(identity);
        }

        @GET
        @Path("admin")
        @RolesAllowed("admin")
        public String admin() {
            return "{}";
        }

        @GET
        @Path("broken")
        @PublicEndpoint
        public String broken() {
            throw new IllegalArgumentException("the password is 12345");
        }

        @GET
        @Path("missing")
        @PublicEndpoint
        public String missing() {
            throw new NotFoundException("the table orders is empty");
        }

        @GET
        @Path("tea")
        @PublicEndpoint
        public String tea() {
            throw new IllegalStateException("tea");
        }

        @Path("{id}/items")
        @RequiresScopes("orders:read")
        @RequiresObjectAccess("owner")
        public Items items(@PathParam("id") String id) {
            LOCATIONS.incrementAndGet();
            return new Items(id);
        }

        @Path("{id}/any")
        @Authenticated
        public Object any() {
            return new Items("any");
        }
    }

    /** Reached through a locator only. */
    public static class Items {

        private final String order;

        Items(String order) {
            this.order = order;
        }

        @GET
        @PublicEndpoint
        @Produces("text/plain")
        public String list() {
            return order;
        }

        @GET
        @Path("{item}")
        @RequiresScopes("items:read")
        @Produces("text/plain")
        public String get(@PathParam("item") String item) {
            return order + "/" + item;
        }
    }

    /** The application's own mapper. */
    public static class Teapots implements ExceptionMapper<IllegalStateException> {
        @Override
        public Response toResponse(IllegalStateException failure) {
            return Response.status(418)
                    .type("text/plain")
                    .entity("short and stout")
                    .build();
        }
    }
}
