package io.apiguard.examples.orders.jaxrs;

import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.Map;

/** What stands around the orders: the catalog for everyone, quotes a few times a minute, all orders for admins. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class ShopResource {

    private final OrderStore store;

    public ShopResource(OrderStore store) {
        this.store = store;
    }

    @GET
    @Path("/catalog")
    @PublicEndpoint
    public Map<String, Integer> catalog() {
        return Map.of("lamp", 40, "desk", 250);
    }

    @GET
    @Path("/quotes/{item}")
    @RequiresScopes("orders:read")
    @RateLimit(requests = 3, seconds = 60)
    public Map<String, Object> quote(@PathParam("item") String item) {
        return Map.of("item", item, "price", 40);
    }

    @GET
    @Path("/admin/orders")
    @RequiresRoles("admin")
    public Collection<Order> all() {
        return store.all();
    }
}
