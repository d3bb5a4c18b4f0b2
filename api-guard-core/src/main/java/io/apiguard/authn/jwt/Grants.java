package io.apiguard.authn.jwt;

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
            places.roles().forEach(path -> roles.addAll(roles(claims, path)));
            String tenant = places.fixedTenant() == null ? tenant(claims, places.tenant()) : places.fixedTenant();
            return new Grants(scopes(claims), roles, tenant, clientId(claims, places.clientId()));
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

    private static Set<String> roles(Map<String, @Nullable Object> claims, ClaimPath path) {
        Object value = path.in(claims);
        if (value == null) {
            return Set.of();
        }
        return value instanceof String one ? Set.of(one) : Members.strings(value, path.toString());
    }

    private static @Nullable String tenant(Map<String, @Nullable Object> claims, @Nullable ClaimPath path) {
        Object value = path == null ? null : path.in(claims);
        if (value == null) {
            return null;
        }
        if (value instanceof String tenant && !tenant.isBlank()) {
            return tenant;
        }
        throw new Malformed("'" + path + "' is not the name of a tenant");
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
