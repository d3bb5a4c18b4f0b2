package io.apiguard.authn.introspection;

import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.Members;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the members of an active answer must say (RFC 7662 section 2.2).
 *
 * @param audiences the names of this service; empty if the audience is ignored
 * @param assumedLifetime how long a token without {@code exp} is taken to be valid, or {@code null} if it is refused
 * @param typeDemanded whether a token without {@code token_type} is refused
 */
record AnswerRules(
        String issuer,
        Set<String> audiences,
        Duration skew,
        @Nullable Duration assumedLifetime,
        boolean typeDemanded,
        Places places) {

    /**
     * Where the issuer writes what it grants beside scopes.
     *
     * @param tenant where the tenant stands, or {@code null} if it is {@code fixedTenant}
     * @param fixedTenant the tenant of all callers, or {@code null}
     */
    record Places(
            List<ClaimPath> roles,
            @Nullable ClaimPath tenant,
            @Nullable String fixedTenant) {}

    /** The end of the year 9999: what lies beyond is a mistake or an attack. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    /** What some issuers say in {@code typ} or {@code token_use} of other tokens, which are active too. */
    private static final Set<String> OF_OTHER_TOKENS =
            Set.of("id", "id_token", "refresh", "refresh_token", "offline", "logout");

    /** What a token may be bound to: the key of a proof (RFC 9449), a client certificate (RFC 8705). */
    private static final Set<String> BINDINGS = Set.of("jkt", "x5t#S256");

    /** SHA-256 in base64url without padding. */
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    IntrospectionResult check(Map<String, @Nullable Object> answer, String fingerprint, Instant now) {
        try {
            checkIssuer(answer);
            checkAudience(answer);
            IntrospectedToken token = token(answer, fingerprint, now);
            IntrospectionResult fault = fault(token, now);
            return fault == null ? new IntrospectionResult.Valid(token) : fault;
        } catch (RefusedAnswer e) {
            return e.result();
        } catch (Malformed e) {
            return new IntrospectionResult.Invalid(Reason.CLAIM, String.valueOf(e.getMessage()));
        }
    }

    private void checkIssuer(Map<String, @Nullable Object> answer) {
        String given = Members.string(answer, "iss");
        if (given != null && !given.equals(issuer)) {
            throw new RefusedAnswer(Reason.ISSUER, "'iss' is not the issuer " + issuer);
        }
    }

    private void checkAudience(Map<String, @Nullable Object> answer) {
        if (audiences.isEmpty()) {
            return;
        }
        Object audience = answer.get("aud");
        if (audience == null) {
            throw new RefusedAnswer(Reason.AUDIENCE, "'aud' is missing");
        }
        Set<String> given = audience instanceof String one ? Set.of(one) : Members.strings(audience, "aud");
        if (Collections.disjoint(given, audiences)) {
            throw new RefusedAnswer(Reason.AUDIENCE, "'aud' names none of " + audiences);
        }
    }

    private IntrospectedToken token(Map<String, @Nullable Object> answer, String fingerprint, Instant now) {
        Confirmation confirmation = confirmation(answer);
        checkType(answer, confirmation);
        checkUse(answer, "typ");
        checkUse(answer, "token_use");
        Instant expiresAt = expiry(answer, now);
        Identity identity = Identity.builder(subject(answer), AuthenticationMethod.OPAQUE_TOKEN)
                .issuer(issuer)
                .clientId(Members.string(answer, "client_id"))
                .scopes(scopes(answer))
                .roles(roles(answer))
                .tenant(tenant(answer))
                .claims(answer)
                .expiresAt(expiresAt)
                .tokenId(Members.string(answer, "jti"))
                .sessionId(Members.string(answer, "sid"))
                .issuedAt(instant(answer, "iat"))
                .authenticatedAt(instant(answer, "auth_time"))
                .authenticationContext(Members.string(answer, "acr"))
                .confirmation(confirmation)
                .build();
        Instant notBefore = instant(answer, "nbf", RoundingMode.CEILING);
        return new IntrospectedToken(answer, identity, expiresAt, notBefore, fingerprint);
    }

    /** A token about no person is its client's (RFC 7662 section 2.2 leaves {@code sub} out then). */
    private static String subject(Map<String, @Nullable Object> answer) {
        String subject = Members.string(answer, "sub");
        String name = subject == null ? Members.string(answer, "client_id") : subject;
        if (name == null || name.isBlank()) {
            throw new Malformed("neither 'sub' nor 'client_id' names anybody");
        }
        return name;
    }

    private static Set<String> scopes(Map<String, @Nullable Object> answer) {
        String scope = Members.string(answer, "scope");
        Set<String> scopes = new LinkedHashSet<>(scope == null ? Set.of() : Arrays.asList(scope.split(" ")));
        scopes.remove("");
        return scopes;
    }

    private Set<String> roles(Map<String, @Nullable Object> answer) {
        Set<String> roles = new LinkedHashSet<>();
        places.roles().forEach(path -> roles.addAll(path.namesIn(answer)));
        return roles;
    }

    private @Nullable String tenant(Map<String, @Nullable Object> answer) {
        ClaimPath path = places.tenant();
        return path == null ? places.fixedTenant() : path.nameIn(answer, "a tenant");
    }

    /**
     * RFC 6749 section 7.1: a type that is not understood must not be used; its name has no case (section 5.1). ID and
     * refresh tokens are active too (RFC 7662 section 2.1 takes any token), and have no type.
     */
    private void checkType(Map<String, @Nullable Object> answer, @Nullable Confirmation confirmation) {
        String type = Members.string(answer, "token_type");
        if (type == null && typeDemanded) {
            throw new RefusedAnswer(Reason.TYPE, "'token_type' is missing, so that it may be no access token");
        }
        switch (type == null ? "bearer" : type.toLowerCase(Locale.ROOT)) {
            case "bearer" -> {}
            case "dpop" -> {
                if (confirmation == null || confirmation.jwkThumbprint() == null) {
                    throw new Malformed("'token_type' is DPoP, but 'cnf' has no 'jkt'");
                }
            }
            default -> throw new RefusedAnswer(Reason.TYPE, "'token_type' is neither Bearer nor DPoP");
        }
    }

    private static void checkUse(Map<String, @Nullable Object> answer, String name) {
        String use = Members.string(answer, name);
        if (use != null && OF_OTHER_TOKENS.contains(use.toLowerCase(Locale.ROOT))) {
            throw new RefusedAnswer(Reason.TYPE, "'" + name + "' is not that of an access token");
        }
    }

    /** RFC 8705 section 3.2, RFC 9449 section 6.2. A binding that is not understood must not be lost. */
    private static @Nullable Confirmation confirmation(Map<String, @Nullable Object> answer) {
        if (!answer.containsKey("cnf")) {
            return null;
        }
        if (!(answer.get("cnf") instanceof Map<?, ?> members)) {
            throw new Malformed("'cnf' is not an object");
        }
        String key = thumbprint(members, "jkt");
        String certificate = thumbprint(members, "x5t#S256");
        if ((key == null && certificate == null) || !BINDINGS.containsAll(members.keySet())) {
            throw new Malformed("'cnf' binds the token in a way that is not understood");
        }
        return new Confirmation(key, certificate);
    }

    private static @Nullable String thumbprint(Map<?, ?> members, String name) {
        if (!members.containsKey(name)) {
            return null;
        }
        if (members.get(name) instanceof String text && THUMBPRINT.matcher(text).matches()) {
            return text;
        }
        throw new Malformed("'" + name + "' in 'cnf' is not a SHA-256 thumbprint");
    }

    private Instant expiry(Map<String, @Nullable Object> answer, Instant now) {
        Instant expiry = instant(answer, "exp");
        if (expiry != null) {
            return expiry;
        }
        if (assumedLifetime == null) {
            throw new Malformed("'exp' is missing");
        }
        return now.plus(assumedLifetime);
    }

    static @Nullable Instant instant(Map<String, @Nullable Object> members, String name) {
        return instant(members, name, RoundingMode.FLOOR);
    }

    /** NumericDate (RFC 7519 section 2): seconds, with or without a fraction, which is rounded off so that no token is valid for longer. */
    private static @Nullable Instant instant(
            Map<String, @Nullable Object> members, String name, RoundingMode fraction) {
        if (!members.containsKey(name)) {
            return null;
        }
        if (!(members.get(name) instanceof Number number)) {
            throw new Malformed("'" + name + "' is not a number");
        }
        BigDecimal seconds = new BigDecimal(number.toString());
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw new Malformed("'" + name + "' is out of range");
        }
        return Instant.ofEpochSecond(seconds.setScale(0, fraction).longValue());
    }

    /**
     * Returns why a token is not valid at an instant, or {@code null} if it is: {@code exp} excluded, {@code nbf}
     * included.
     */
    IntrospectionResult.@Nullable Invalid fault(IntrospectedToken token, Instant now) {
        if (!now.isBefore(token.expiresAt().plus(skew))) {
            return new IntrospectionResult.Invalid(Reason.EXPIRED, "'exp' has passed");
        }
        Instant latest = now.plus(skew);
        if (token.identity().issuedAt().filter(latest::isBefore).isPresent()) {
            return new IntrospectionResult.Invalid(Reason.NOT_YET_VALID, "'iat' is in the future");
        }
        if (token.notBefore().filter(latest::isBefore).isPresent()) {
            return new IntrospectionResult.Invalid(Reason.NOT_YET_VALID, "'nbf' is in the future");
        }
        if (token.identity().authenticatedAt().filter(latest::isBefore).isPresent()) {
            return new IntrospectionResult.Invalid(Reason.NOT_YET_VALID, "'auth_time' is in the future");
        }
        return null;
    }

    /** Ends the checks of an answer from within; caught here, so it carries no stack trace. */
    private static final class RefusedAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Reason reason;

        RefusedAnswer(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }

        IntrospectionResult.Invalid result() {
            return new IntrospectionResult.Invalid(reason, String.valueOf(getMessage()));
        }
    }
}
