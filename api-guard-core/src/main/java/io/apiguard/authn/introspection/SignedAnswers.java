package io.apiguard.authn.introspection;

import io.apiguard.authn.introspection.CallFailure.Kind;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.Members;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.SignedJwtReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks signed answers (RFC 9701 section 5): of the issuer, for this service, made now. */
final class SignedAnswers {

    static final String MEDIA_TYPE = "application/token-introspection+jwt";

    private static final String TYPE = "token-introspection+jwt";
    private static final Duration MAXIMUM_AGE = Duration.ofSeconds(60);

    private final SignedJwtReader reader;
    private final String issuer;
    private final String clientId;
    private final Duration skew;
    private final InstantSource clock;

    SignedAnswers(JwkSource keys, String issuer, String clientId, Duration skew, InstantSource clock) {
        this.reader = new SignedJwtReader(TYPE, keys);
        this.issuer = issuer;
        this.clientId = clientId;
        this.skew = skew;
        this.clock = clock;
    }

    Map<String, @Nullable Object> open(byte[] body) throws CallFailure {
        SignedJwtReader.Result result = reader.read(new String(body, StandardCharsets.ISO_8859_1));
        if (result instanceof SignedJwtReader.Result.Genuine genuine) {
            return checked(genuine.claims());
        }
        if (result instanceof SignedJwtReader.Result.Refused refused) {
            throw new CallFailure(Kind.THIS_CALL, "the signed answer is not to be believed: " + refused.detail());
        }
        throw new CallFailure(Kind.THIS_CALL, "the keys that answers are signed with cannot be had");
    }

    private Map<String, @Nullable Object> checked(Map<String, @Nullable Object> claims) throws CallFailure {
        try {
            if (!Members.demanded(claims, "iss").equals(issuer)) {
                throw new Malformed("'iss' is not the issuer " + issuer);
            }
            checkAudience(claims.get("aud"));
            checkAge(AnswerRules.instant(claims, "iat"));
            return answer(claims.get("token_introspection"));
        } catch (Malformed e) {
            throw new CallFailure(Kind.PASSING, "the signed answer is refused: " + e.getMessage());
        }
    }

    private void checkAudience(@Nullable Object audience) {
        Set<String> names = audience instanceof String one ? Set.of(one) : Members.strings(audience, "aud");
        if (!names.contains(clientId)) {
            throw new Malformed("'aud' is not the client id " + clientId);
        }
    }

    private void checkAge(@Nullable Instant issuedAt) {
        Instant now = clock.instant();
        if (issuedAt == null) {
            throw new Malformed("'iat' is missing");
        }
        if (issuedAt.isAfter(now.plus(skew))
                || issuedAt.isBefore(now.minus(skew).minus(MAXIMUM_AGE))) {
            throw new Malformed("'iat' is not about now");
        }
    }

    @SuppressWarnings("unchecked") // StrictJson makes maps of no other kind
    private static Map<String, @Nullable Object> answer(@Nullable Object member) {
        if (member instanceof Map<?, ?> answer) {
            return (Map<String, @Nullable Object>) answer;
        }
        throw new Malformed("'token_introspection' is not an object");
    }
}
