package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import io.apiguard.ratelimit.LimitKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Limits of every kind. */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {

    @GET
    @Path("public/limited")
    @PublicEndpoint
    @RateLimit(requests = 2, by = LimitKey.CLIENT_ADDRESS, name = "by-address")
    public Map<String, Object> byAddress() {
        return ContractHandlers.describe("limitedAddress", null);
    }

    @GET
    @Path("limited")
    @Authenticated
    @RateLimit(requests = 3, name = "by-identity")
    public Map<String, Object> byIdentity(@Context Identity caller) {
        return ContractHandlers.describe("limited", caller);
    }

    @GET
    @Path("limited/tenant")
    @Authenticated
    @RateLimit(requests = 2, by = LimitKey.TENANT, name = "by-tenant")
    public Map<String, Object> byTenant(@Context Identity caller) {
        return ContractHandlers.describe("limitedTenant", caller);
    }

    @GET
    @Path("limited/key")
    @Authenticated
    @RateLimit(requests = 2, by = LimitKey.API_KEY, name = "by-key")
    public Map<String, Object> byKey(@Context Identity caller) {
        return ContractHandlers.describe("limitedKey", caller);
    }

    @GET
    @Path("limited/heavy")
    @Authenticated
    @RateLimit(requests = 5, cost = 3, name = "heavy")
    public Map<String, Object> heavy(@Context Identity caller) {
        return ContractHandlers.describe("limitedHeavy", caller);
    }
}
