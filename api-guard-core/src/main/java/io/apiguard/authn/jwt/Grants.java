package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.Members;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token grants: scopes, roles, tenant and client. A value of the wrong type refuses the token rather than being
 * passed over.
 */
record Grants(
        Set<String> scopes,
        Set<String> roles,
        @Nullable String tenant,
        @Nullable String clientId) {

    /** Where an issuer writes what it grants. */
    record Places(
            List<ClaimPath> roles,
            @Nullable ClaimPath tenant,
            @Nullable String fixedTenant,
            List<String> clientId) {}

    static Grants of(Map<String, @Nullable Object> claims, Places places) {
        try {
            Set<String> roles = new LinkedHashSet<>();
            places.roles().forEach(path -> roles.addAll(path.namesIn(claims)));
            return new Grants(scopes(claims), roles, tenant(claims, places), clientId(claims, places.clientId()));
        } catch (Malformed e) {
            throw new RefusedToken(Reason.CLAIM, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A string of scopes separated by spaces (RFC 9068 section 2.2.3), or the array that Spring Authorization Server
     * writes.
     */
    private static Set<String> scopes(Map<String, @Nullable Object> claims) {
        if (!claims.containsKey("scope")) {
            return Set.of();
        }
        Object scope = claims.get("scope");
        Set<String> scopes = scope instanceof String text
                ? new LinkedHashSet<>(Arrays.asList(text.split(" ")))
                : Members.strings(scope, "scope");
        scopes.remove("");
        return scopes;
    }

    private static @Nullable String tenant(Map<String, @Nullable Object> claims, Places places) {
        ClaimPath path = places.tenant();
        return path == null ? places.fixedTenant() : path.nameIn(claims, "a tenant");
    }

    private static @Nullable String clientId(Map<String, @Nullable Object> claims, List<String> names) {
        for (String name : names) {
            String clientId = Members.string(claims, name);
            if (clientId != null) {
                return clientId;
            }
        }
        return null;
    }
}
