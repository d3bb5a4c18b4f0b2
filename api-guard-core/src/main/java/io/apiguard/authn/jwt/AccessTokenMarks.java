package io.apiguard.authn.jwt;

import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Confirmation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells an access token from other tokens of its issuer, and what else it must say: the rules of a profile, after
 * the builder has added to them and taken from them.
 *
 * @param profile whose rules they are
 * @param types what the header's {@code typ} may be, an empty text for none; no types if it is ignored
 * @param demanded claims that must be there
 * @param expected claims that must say one of some values
 */
record AccessTokenMarks(
        JwtProfile profile, Set<String> types, Set<String> demanded, Map<String, Set<String>> expected) {

    private static final List<String> OF_OTHER_TOKENS = List.of("at_hash", "c_hash", "s_hash", "events");
    private static final String MEDIA_TYPE = "application/";

    /**
     * Media types are compared without regard to case, and may leave {@code application/} out (RFC 7515 section 4.1.9).
     */
    static String normalized(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(MEDIA_TYPE) ? lower.substring(MEDIA_TYPE.length()) : lower;
    }

    void checkType(@Nullable String typ) {
        if (!types.isEmpty() && !types.contains(typ == null ? "" : normalized(typ))) {
            throw new RefusedToken(
                    Reason.TYPE, "the header's 'typ' is not that of an access token of profile " + profile);
        }
    }

    void check(Map<String, @Nullable Object> claims, @Nullable Confirmation confirmation) {
        if (profile == JwtProfile.KEYCLOAK) {
            checkKeycloakType(claims.get("typ"), confirmation);
        }
        OF_OTHER_TOKENS.forEach(name -> checkAbsent(name, claims));
        profile.refused().forEach(name -> checkAbsent(name, claims));
        for (String name : demanded) {
            if (claims.get(name) == null) {
                throw new RefusedToken(Reason.CLAIM, "'" + name + "' is missing, which is demanded");
            }
        }
        expected.forEach((name, values) -> checkValue(name, values, claims.get(name)));
    }

    private static void checkAbsent(String name, Map<String, @Nullable Object> claims) {
        if (claims.containsKey(name)) {
            throw new RefusedToken(
                    Reason.NOT_ACCESS_TOKEN, "has the claim '" + name + "', which access tokens do not have");
        }
    }

    /** Keycloak writes {@code DPoP} into tokens that it bound to the key of a DPoP proof. */
    private static void checkKeycloakType(@Nullable Object typ, @Nullable Confirmation confirmation) {
        boolean proven = confirmation != null && confirmation.jwkThumbprint() != null;
        if (!"Bearer".equals(typ) && !(proven && "DPoP".equals(typ))) {
            throw new RefusedToken(
                    Reason.NOT_ACCESS_TOKEN, "the claim 'typ' is not 'Bearer', nor 'DPoP' of a token that is bound");
        }
    }

    private static void checkValue(String name, Set<String> values, @Nullable Object value) {
        if (!(value instanceof String text) || !values.contains(text)) {
            throw new RefusedToken(Reason.CLAIM, "'" + name + "' is none of the values that are expected");
        }
    }
}
