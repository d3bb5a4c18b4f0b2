package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Confirmation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claim {@code cnf} (RFC 7800 section 3.1). A token that is bound in a way we cannot check must not pass for
 * one that is bound less, so that every member must be understood.
 */
final class ConfirmationClaim {

    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";
    private static final Set<String> UNDERSTOOD = Set.of(KEY, CERTIFICATE);
    private static final int SHA_256_BYTES = 32;

    private ConfirmationClaim() {}

    /** Returns what the token is bound to, or {@code null} if it is a bearer token. */
    static @Nullable Confirmation of(Map<String, @Nullable Object> claims) {
        if (!claims.containsKey("cnf")) {
            return null;
        }
        if (!(claims.get("cnf") instanceof Map<?, ?> members) || members.isEmpty()) {
            throw new RefusedToken(Reason.CLAIM, "'cnf' is not an object that names a key");
        }
        if (!UNDERSTOOD.containsAll(members.keySet())) {
            throw new RefusedToken(
                    Reason.SENDER_CONSTRAINED,
                    "'cnf' binds the token in another way than " + KEY + " or " + CERTIFICATE);
        }
        return new Confirmation(thumbprint(members, KEY), thumbprint(members, CERTIFICATE));
    }

    private static @Nullable String thumbprint(Map<?, ?> members, String name) {
        if (!members.containsKey(name)) {
            return null;
        }
        if (members.get(name) instanceof String text && isSha256(text)) {
            return text;
        }
        throw new RefusedToken(Reason.CLAIM, "the '" + name + "' of 'cnf' is not a SHA-256 thumbprint in base64url");
    }

    private static boolean isSha256(String text) {
        try {
            return Base64Url.decode(text).length == SHA_256_BYTES;
        } catch (Malformed e) {
            return false;
        }
    }
}
