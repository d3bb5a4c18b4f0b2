package io.apiguard.authn.jwt;

import java.util.List;
import java.util.Set;

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
     * {@code nonce}. Its refresh tokens are not JWTs. Roles are read from {@code roles}, if a customizer writes them;
     * one may also write {@code auth_time}, {@code acr} and {@code sid}, for step-up and for the end of sessions.
     */
    SPRING_AUTHORIZATION_SERVER(
            List.of("", "jwt", "at+jwt"), Set.of("nbf", "iat", "jti"), Set.of("azp", "nonce"), List.of("roles")),

    /**
     * Keycloak: {@code typ} is {@code JWT} or {@code at+jwt} in the header, and {@code Bearer} among the claims, where
     * ID, refresh, offline and logout tokens have another; {@code DPoP} is taken for a token that is bound to a key, if
     * such tokens are ({@link JwtVerifierBuilder#acceptSenderConstrained()}). The client is {@code azp}; roles are read from {@code
     * realm_access.roles}.
     */
    KEYCLOAK(List.of("jwt", "at+jwt"), Set.of("iat", "jti", "azp"), Set.of(), List.of("realm_access.roles")),

    /**
     * MicroProfile JWT 2.1: {@code typ} is {@code JWT} in the header, or {@code at+jwt}, and {@code iat} is there. Roles are read from
     * {@code groups}. The format has no mark of its own: an ID token is told by {@code nonce} if the client asked for one, and otherwise
     * by its audience alone (RFC 8725 section 3.12), which is the client. So never name this service as one of the issuer's clients is
     * named, and use {@link #RFC9068} wherever the issuer can.
     */
    MICROPROFILE_JWT(List.of("jwt", "at+jwt"), Set.of("iat"), Set.of("nonce"), List.of("groups"));

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

    /** The media types of the header, without {@code application/}, in lower case; an empty one stands for none. */
    List<String> types() {
        return types;
    }

    /** The claims that must be there, whatever they say. */
    Set<String> demanded() {
        return demanded;
    }

    /** The claims that tell of another kind of token. */
    Set<String> refused() {
        return refused;
    }
}
