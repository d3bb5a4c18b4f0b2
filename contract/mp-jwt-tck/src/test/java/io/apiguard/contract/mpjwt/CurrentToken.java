package io.apiguard.contract.mpjwt;

import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The token of the request, empty if it came with none: what is injected as a {@link JsonWebToken}. */
@RequestScoped
public class CurrentToken implements JsonWebToken {

    private JsonWebToken token;

    void set(JsonWebToken value) {
        this.token = value;
    }

    @Override
    public String getName() {
        return token == null ? null : token.getName();
    }

    @Override
    public Set<String> getClaimNames() {
        return token == null ? null : token.getClaimNames();
    }

    @Override
    public <T> T getClaim(String claim) {
        return token == null ? null : token.getClaim(claim);
    }
}
