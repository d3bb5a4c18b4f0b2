package io.apiguard.authn;

import io.apiguard.authn.introspection.IntrospectionResult;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.identity.Identity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an access token of either kind: what has the three parts of a signed token, or the five of an encrypted one, is one; everything else
 * is for its issuer to judge.
 */
final class TokenCheck {

    private final @Nullable AccessTokenVerifier signed;
    private final @Nullable IntrospectionVerifier opaque;

    TokenCheck(@Nullable AccessTokenVerifier signed, @Nullable IntrospectionVerifier opaque) {
        this.signed = signed;
        this.opaque = opaque;
    }

    /** What was found. */
    sealed interface Outcome {
        /** The token is good; what it is bound to is still to be checked. */
        record Good(Identity identity, String fingerprint) implements Outcome {}

        /** The token is not good. */
        record Bad(String reason, String detail) implements Outcome {}

        /** That cannot be known now. */
        record Unknown(String detail, Duration retryAfter) implements Outcome {}
    }

    boolean takesAny() {
        return signed != null || opaque != null;
    }

    Outcome verify(String token) {
        if (signed != null && (opaque == null || isJose(token))) {
            return of(signed.verify(token));
        }
        return opaque == null ? new Outcome.Bad("token.malformed", "no token is taken") : of(opaque.verify(token));
    }

    /** A header begins with a brace, and with a quote or a space ({@code ey}) or another white space ({@code ew}) behind it. */
    private static boolean isJose(String token) {
        long dots = token.chars().filter(c -> c == '.').count();
        return (dots == 2 || dots == 4) && (token.startsWith("ey") || token.startsWith("ew"));
    }

    private static Outcome of(JwtResult result) {
        if (result instanceof JwtResult.Valid valid) {
            return new Outcome.Good(valid.token().identity(), valid.token().fingerprint());
        }
        if (result instanceof JwtResult.Invalid invalid) {
            return new Outcome.Bad(invalid.reason().code(), invalid.detail());
        }
        JwtResult.Unavailable unavailable = (JwtResult.Unavailable) result;
        return new Outcome.Unknown(unavailable.detail(), unavailable.retryAfter());
    }

    private static Outcome of(IntrospectionResult result) {
        if (result instanceof IntrospectionResult.Valid valid) {
            return new Outcome.Good(valid.token().identity(), valid.token().fingerprint());
        }
        if (result instanceof IntrospectionResult.Invalid invalid) {
            return new Outcome.Bad(invalid.reason().code(), invalid.detail());
        }
        IntrospectionResult.Unavailable unavailable = (IntrospectionResult.Unavailable) result;
        return new Outcome.Unknown(unavailable.detail(), unavailable.retryAfter());
    }
}
