package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.Authenticated;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Endpoints that demand how the caller was authenticated. */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public class AuthenticationResource {

    @GET
    @Path("stepup")
    @Authenticated(
            acr = {"phr", "phrh"},
            maxAgeSeconds = 300)
    public Map<String, Object> stepUp(@Context Identity caller) {
        return ContractHandlers.describe("stepUp", caller);
    }

    @GET
    @Path("bound")
    @Authenticated(boundOnly = true)
    public Map<String, Object> bound(@Context Identity caller) {
        return ContractHandlers.describe("bound", caller);
    }
}
