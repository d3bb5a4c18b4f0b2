package io.apiguard.authn.jwt;

import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a good signature must say. */
record ClaimRules(
        String issuer,
        Set<String> audiences,
        boolean anyAudience,
        boolean bound,
        AccessTokenMarks marks,
        Duration skew,
        Duration maximumLifetime,
        @Nullable Duration maximumAge,
        Grants.Places places) {

    /** Checks everything but time, and returns the claims with what they grant. */
    VerifiedJwt check(Map<String, @Nullable Object> members, String fingerprint) {
        Claims claims = Claims.of(members);
        if (!claims.issuer().equals(issuer)) {
            throw new RefusedToken(Reason.ISSUER, "'iss' is not the issuer " + issuer);
        }
        checkAudience(members, claims.audiences());
        if (!bound && members.containsKey("cnf")) {
            throw new RefusedToken(
                    Reason.SENDER_CONSTRAINED, "has the claim 'cnf': it is bound to a key, and no bearer token");
        }
        Confirmation confirmation = ConfirmationClaim.of(members);
        marks.check(members, confirmation);
        return new VerifiedJwt(claims, Grants.of(members, places), confirmation, issuer, fingerprint);
    }

    private void checkAudience(Map<String, @Nullable Object> members, Set<String> named) {
        if (anyAudience) {
            return;
        }
        if (!members.containsKey("aud")) {
            throw new RefusedToken(Reason.CLAIM, "'aud' is missing");
        }
        if (Collections.disjoint(named, audiences)) {
            throw new RefusedToken(Reason.AUDIENCE, "'aud' names none of " + audiences);
        }
    }

    /**
     * Returns why a token is not valid at an instant, or {@code null} if it is: {@code exp} excluded, {@code nbf}
     * included.
     */
    JwtResult.@Nullable Invalid fault(VerifiedJwt token, Instant now) {
        if (!now.isBefore(token.expiresAt().plus(skew))) {
            return new JwtResult.Invalid(Reason.EXPIRED, "'exp' has passed");
        }
        Instant latest = now.plus(skew);
        Instant issuedAt = token.issuedAt().orElse(null);
        if (issuedAt != null && issuedAt.isAfter(latest)) {
            return new JwtResult.Invalid(Reason.NOT_YET_VALID, "'iat' is in the future");
        }
        Instant notBefore = token.notBefore().orElse(null);
        if (notBefore != null && notBefore.isAfter(latest)) {
            return new JwtResult.Invalid(Reason.NOT_YET_VALID, "'nbf' is in the future");
        }
        Instant authenticatedAt = token.identity().authenticatedAt().orElse(null);
        if (authenticatedAt != null && authenticatedAt.isAfter(latest)) {
            return new JwtResult.Invalid(Reason.NOT_YET_VALID, "'auth_time' is in the future");
        }
        Instant from = issuedAt == null ? now : issuedAt;
        if (token.expiresAt().isAfter(from.plus(maximumLifetime))) {
            return new JwtResult.Invalid(Reason.LIFETIME, "is valid for longer than " + maximumLifetime);
        }
        return tooOld(issuedAt, now);
    }

    private JwtResult.@Nullable Invalid tooOld(@Nullable Instant issuedAt, Instant now) {
        if (maximumAge == null) {
            return null;
        }
        if (issuedAt == null) {
            return new JwtResult.Invalid(Reason.CLAIM, "'iat' is missing, which its age is counted from");
        }
        return now.isBefore(issuedAt.plus(maximumAge).plus(skew))
                ? null
                : new JwtResult.Invalid(Reason.EXPIRED, "'iat' is " + maximumAge + " ago or longer");
    }
}
