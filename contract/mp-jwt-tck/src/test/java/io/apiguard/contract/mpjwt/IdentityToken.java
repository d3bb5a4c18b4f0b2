package io.apiguard.contract.mpjwt;

import io.apiguard.identity.Identity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller as the guard verified it, in the words of MicroProfile. */
public final class IdentityToken implements JsonWebToken {

    private final String name;
    private final Map<String, Object> claims;

    IdentityToken(Identity identity, String raw) {
        this.claims = new LinkedHashMap<>(identity.claims());
        claims.put(Claims.raw_token.name(), raw);
        claims.replaceAll((claim, value) -> converted(claim, value));
        this.name = Stream.of(Claims.upn, Claims.preferred_username)
                .map(claim -> (String) claims.get(claim.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(identity.subject());
    }

    private static Object converted(String claim, Object value) {
        return switch (claim) {
            case "aud", "groups" ->
                value instanceof Collection<?> several ? new LinkedHashSet<>(several) : Set.of(value);
            case "exp", "iat", "nbf", "auth_time" -> ((Number) value).longValue();
            default -> value;
        };
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Set<String> getClaimNames() {
        return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked") // as the interface has it
    public <T> T getClaim(String claim) {
        return (T) claims.get(claim);
    }
}
