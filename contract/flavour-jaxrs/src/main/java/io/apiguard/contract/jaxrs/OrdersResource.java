package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.contract.ContractApplication;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.contract.Order;
import io.apiguard.contract.Receipt;
import io.apiguard.identity.Identity;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;

/** Orders, and who may call what. */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    @GET
    @Path("public/ping")
    @PublicEndpoint
    public Map<String, Object> ping() {
        return ContractHandlers.ping();
    }

    @POST
    @Path("public/echo")
    @PublicEndpoint
    public Receipt echo(byte[] body) {
        return ContractHandlers.receive("echo", body);
    }

    @GET
    @Path("permitall")
    @PermitAll
    public Map<String, Object> permitAll(@Context SecurityContext security) {
        return ContractHandlers.describe("permitAll", (Identity) security.getUserPrincipal());
    }

    @GET
    @Path("orders/{id}")
    @RequiresScopes("orders:read")
    @RequiresObjectAccess(ContractApplication.OWNER_CHECK)
    public Order order(@PathParam("id") String id) {
        return ContractHandlers.order(id);
    }

    @POST
    @Path("orders")
    @RequiresScopes("orders:write")
    public Response create(byte[] body) {
        return Response.status(201)
                .entity(ContractHandlers.receive("createOrder", body))
                .build();
    }

    @PUT
    @Path("orders/{id}")
    @RequiresScopes("orders:write")
    @RequiresObjectAccess(ContractApplication.OWNER_CHECK)
    public Receipt replace(byte[] body) {
        return ContractHandlers.receive("replaceOrder", body);
    }

    @DELETE
    @Path("orders/{id}")
    @RequiresRoles("admin")
    public void delete() {
        ContractHandlers.delete();
    }

    @GET
    @Path("checked/{id}")
    @RequiresObjectAccess(ContractApplication.FAILING_CHECK)
    public Map<String, Object> checked(@Context Identity caller) {
        return ContractHandlers.describe("checked", caller);
    }

    @GET
    @Path("admin/report")
    @RequiresRoles("admin")
    public Map<String, Object> report(@Context Identity caller) {
        return ContractHandlers.describe("adminReport", caller);
    }

    @GET
    @Path("rolesallowed")
    @RolesAllowed({"auditor", "controller"})
    public Map<String, Object> rolesAllowed(@Context Identity caller) {
        return ContractHandlers.describe("rolesAllowed", caller);
    }

    @GET
    @Path("denied")
    @DenyAll
    public Map<String, Object> denied(@Context Identity caller) {
        return ContractHandlers.describe("denied", caller);
    }

    @GET
    @Path("reported")
    @RequiresScopes("nobody:has")
    public Map<String, Object> reported(@Context Identity caller) {
        return ContractHandlers.describe("reported", caller);
    }

    @POST
    @Path("upload")
    @Authenticated
    public Receipt upload(byte[] body) {
        return ContractHandlers.receive("upload", body);
    }
}
