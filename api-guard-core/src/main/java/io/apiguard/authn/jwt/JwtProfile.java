package io.apiguard.authn.jwt;

import io.apiguard.authn.jwt.JwtResult.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an issuer marks its access tokens, so that no other token of the same issuer passes for one: RFC 8725 section
 * 3.12 asks for rules that exclude each other. Whatever the profile, a token with a claim of ID tokens ({@code
 * at_hash}, {@code c_hash}) or of logout tokens ({@code events}) is refused.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are the JDK's unmodifiable ones
public enum JwtProfile {
    /**
     * RFC 9068, the default: the header says {@code typ: at+jwt}, and {@code client_id}, {@code iat} and {@code jti}
     * are there. Roles are read from {@code roles}.
     */
    RFC9068(List.of("at+jwt"), Set.of("client_id", "iat", "jti"), Set.of("nonce"), List.of("roles")),

    /**
     * Spring Authorization Server: no {@code typ} in the header, or {@code JWT} or {@code at+jwt}. Its access tokens
     * have {@code nbf}, {@code iat} and {@code jti}; its ID tokens have no {@code nbf} but {@code azp}, and may have
     * {@code nonce}, {@code auth_time} and {@code sid}. Its refresh tokens are not JWTs. Roles are read from {@code
     * roles}, if a customizer writes them.
     */
    SPRING_AUTHORIZATION_SERVER(
            List.of("", "jwt", "at+jwt"),
            Set.of("nbf", "iat", "jti"),
            Set.of("azp", "nonce", "auth_time", "sid"),
            List.of("roles")),

    /**
     * Keycloak: {@code typ} is {@code JWT} or {@code at+jwt} in the header, and {@code Bearer} among the claims, where
     * ID, refresh, offline and logout tokens have another. The client is {@code azp}; roles are read from {@code
     * realm_access.roles}.
     */
    KEYCLOAK(List.of("jwt", "at+jwt"), Set.of("iat", "jti", "azp"), Set.of(), List.of("realm_access.roles"));

    private static final Set<String> OF_OTHER_TOKENS = Set.of("at_hash", "c_hash", "s_hash", "events");

    private final List<String> types;
    private final Set<String> demanded;
    private final Set<String> refused;
    private final List<String> roles;

    JwtProfile(List<String> types, Set<String> demanded, Set<String> refused, List<String> roles) {
        this.types = List.copyOf(types);
        this.demanded = Set.copyOf(demanded);
        this.refused = Set.copyOf(refused);
        this.roles = List.copyOf(roles);
    }

    List<String> rolePaths() {
        return roles;
    }

    List<String> clientIdClaims() {
        return this == RFC9068 ? List.of("client_id") : List.of("azp", "client_id");
    }

    /**
     * Media types are compared without regard to case, and may leave {@code application/} out (RFC 7515 section 4.1.9).
     */
    void checkType(@Nullable String typ) {
        String type = typ == null ? "" : typ.toLowerCase(Locale.ROOT);
        if (!types.contains(type.startsWith("application/") ? type.substring("application/".length()) : type)) {
            throw new RefusedToken(Reason.TYPE, "the header's 'typ' is not that of an access token of profile " + this);
        }
    }

    void checkClaims(Map<String, @Nullable Object> claims) {
        if (this == KEYCLOAK && !"Bearer".equals(claims.get("typ"))) {
            throw new RefusedToken(Reason.NOT_ACCESS_TOKEN, "the claim 'typ' is not 'Bearer'");
        }
        for (String name : claims.keySet()) {
            if (OF_OTHER_TOKENS.contains(name) || refused.contains(name)) {
                throw new RefusedToken(
                        Reason.NOT_ACCESS_TOKEN, "has the claim '" + name + "', which access tokens do not have");
            }
        }
        for (String name : demanded) {
            if (claims.get(name) == null) {
                throw new RefusedToken(Reason.CLAIM, "'" + name + "' is missing, which profile " + this + " demands");
            }
        }
    }
}
