package io.apiguard.spring;

import io.apiguard.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A verified caller as Spring Security knows callers: scopes as {@code SCOPE_} authorities, roles as {@code ROLE_} ones. */
final class IdentityAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final transient Identity identity;

    IdentityAuthentication(Identity identity) {
        super(authorities(identity));
        this.identity = identity;
        super.setAuthenticated(true);
    }

    private static List<GrantedAuthority> authorities(Identity identity) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        identity.scopes().forEach(scope -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
        identity.roles().forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
        return authorities;
    }

    @Override
    public Identity getPrincipal() {
        return identity;
    }

    /** What was presented is never kept. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdentityAuthentication same
                && super.equals(other)
                && Objects.equals(identity, same.identity);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), identity);
    }
}
