package io.apiguard.contract.mpjwt;

import io.apiguard.identity.Identity;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** Behind the guard's gates: shows the resource the caller as a {@code JsonWebToken}. Roles are as the guard says. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class TokenFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext guarded = request.getSecurityContext();
        if (guarded.getUserPrincipal() instanceof Identity identity) {
            String raw = request.getHeaderString(HttpHeaders.AUTHORIZATION).substring(SCHEME.length());
            IdentityToken token = new IdentityToken(identity, raw);
            CDI.current().select(CurrentToken.class).get().set(token);
            request.setSecurityContext(new TokenContext(guarded, token));
        }
    }

    private record TokenContext(SecurityContext guarded, IdentityToken token) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return token;
        }

        @Override
        public boolean isUserInRole(String role) {
            return guarded.isUserInRole(role);
        }

        @Override
        public boolean isSecure() {
            return guarded.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return guarded.getAuthenticationScheme();
        }
    }
}
