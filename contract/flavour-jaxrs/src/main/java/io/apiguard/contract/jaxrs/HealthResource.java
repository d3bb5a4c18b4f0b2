package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.Authenticated;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;

/** What a platform's probe asks. */
@Path("healthz")
public class HealthResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Authenticated
    public Map<String, Object> health(@Context SecurityContext security) {
        return ContractHandlers.describe("probe", (Identity) security.getUserPrincipal());
    }
}
