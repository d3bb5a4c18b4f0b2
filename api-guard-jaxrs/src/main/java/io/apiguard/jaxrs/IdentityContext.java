package io.apiguard.jaxrs;

import io.apiguard.identity.Identity;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller as the guard verified it, in the words of Jakarta REST. */
record IdentityContext(@Nullable Identity identity, boolean secure) implements SecurityContext {

    @Override
    public @Nullable Principal getUserPrincipal() {
        return identity;
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity != null && identity.hasAnyRole(List.of(role));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return identity == null ? null : identity.method().name();
    }
}
