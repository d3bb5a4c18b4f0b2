package io.apiguard.examples.orders.jaxrs;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Orders: what each call demands stands on its method. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    private final OrderStore store;

    public OrdersResource(OrderStore store) {
        this.store = store;
    }

    @GET
    @RequiresScopes("orders:read")
    public List<Order> mine(@Context Identity caller) {
        return store.of(caller.subject());
    }

    @GET
    @Path("/{id}")
    @RequiresScopes("orders:read")
    @RequiresObjectAccess("order-owner")
    public Order get(@PathParam("id") String id) {
        return store.find(id).orElseThrow();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScopes("orders:write")
    @Audited(action = "order.place")
    public Response place(NewOrder order, @Context Identity caller) {
        Order placed = store.add(caller.subject(), order);
        return Response.status(Response.Status.CREATED).entity(placed).build();
    }
}
