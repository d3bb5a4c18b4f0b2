package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.Members;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registered claims (RFC 7519 section 4.1), and those of the authentication at the issuer (RFC 9068 section
 * 2.2.1), each of the one type it may have; {@code sub}, {@code iss} and {@code exp} are demanded.
 */
record Claims(
        Map<String, @Nullable Object> members,
        String issuer,
        String subject,
        Set<String> audiences,
        Instant expiresAt,
        @Nullable Instant notBefore,
        @Nullable Instant issuedAt,
        @Nullable Instant authenticatedAt,
        @Nullable String authenticationContext,
        @Nullable String tokenId,
        @Nullable String sessionId) {

    /** The end of the year 9999: what lies beyond is a mistake or an attack. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    static Claims of(Map<String, @Nullable Object> members) {
        try {
            return new Claims(
                    members,
                    Members.demanded(members, "iss"),
                    subject(members),
                    audiences(members),
                    demanded(instant(members, "exp")),
                    instant(members, "nbf", RoundingMode.CEILING),
                    instant(members, "iat"),
                    instant(members, "auth_time"),
                    text(members, "acr"),
                    text(members, "jti"),
                    text(members, "sid"));
        } catch (Malformed e) {
            throw new RefusedToken(Reason.CLAIM, String.valueOf(e.getMessage()));
        }
    }

    private static String subject(Map<String, @Nullable Object> members) {
        String subject = Members.demanded(members, "sub");
        if (subject.isBlank()) {
            throw new Malformed("'sub' is blank");
        }
        return subject;
    }

    private static @Nullable String text(Map<String, @Nullable Object> members, String name) {
        String text = Members.string(members, name);
        if (text != null && text.isBlank()) {
            throw new Malformed("'" + name + "' is blank");
        }
        return text;
    }

    /** Returns none if the claim is absent, which names nobody and so suits nobody who expects to be named. */
    private static Set<String> audiences(Map<String, @Nullable Object> members) {
        if (!members.containsKey("aud")) {
            return Set.of();
        }
        Object audience = members.get("aud");
        return audience instanceof String one ? Set.of(one) : Set.copyOf(Members.strings(audience, "aud"));
    }

    private static Instant demanded(@Nullable Instant expiry) {
        if (expiry == null) {
            throw new Malformed("'exp' is missing");
        }
        return expiry;
    }

    private static @Nullable Instant instant(Map<String, @Nullable Object> members, String name) {
        return instant(members, name, RoundingMode.FLOOR);
    }

    /** NumericDate (RFC 7519 section 2): seconds, with or without a fraction, which is rounded off so that no token is valid for longer. */
    private static @Nullable Instant instant(
            Map<String, @Nullable Object> members, String name, RoundingMode fraction) {
        Object value = members.get(name);
        if (value == null && !members.containsKey(name)) {
            return null;
        }
        if (!(value instanceof Number number)) {
            throw new Malformed("'" + name + "' is not a number");
        }
        if (number instanceof Long whole && whole >= 0 && whole <= LAST_SECOND.longValue()) {
            return Instant.ofEpochSecond(whole);
        }
        BigDecimal seconds = new BigDecimal(number.toString());
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw new Malformed("'" + name + "' is out of range");
        }
        return Instant.ofEpochSecond(seconds.setScale(0, fraction).longValue());
    }
}
