package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JWTs that are no access tokens, such as the signed answers of an introspection endpoint (RFC 9701): checks form,
 * type, algorithm and signature, and leaves every claim to the caller. For access tokens use {@link JwtVerifier}.
 *
 * <p>Immutable and thread-safe.
 */
public final class SignedJwtReader {

    /** As in {@link JwtVerifier}: each key tried costs the check of a signature. */
    private static final int MAXIMUM_TRIES = 4;

    private final String type;
    private final JwkSource keys;
    private final SignatureVerifier signatures = new SignatureVerifier(null);

    /**
     * Makes a reader.
     *
     * @param type the {@code typ} that the header must have, without {@code application/} (RFC 8725 section 3.11)
     * @param keys the signer's keys; stay the caller's to close
     */
    public SignedJwtReader(String type, JwkSource keys) {
        this.type = type.toLowerCase(Locale.ROOT);
        this.keys = keys;
    }

    /** What {@link #read} found. */
    public sealed interface Result {

        /**
         * The signature is right.
         *
         * @param claims what was signed, none of it checked
         */
        record Genuine(Map<String, @Nullable Object> claims) implements Result {}

        /**
         * It is not to be believed.
         *
         * @param detail why, for the operator; holds no part of it
         */
        record Refused(String detail) implements Result {}

        /**
         * The keys cannot be had now.
         *
         * @param detail why, for the operator
         * @param retryAfter when it is worth asking again, more than zero
         */
        record Unavailable(String detail, Duration retryAfter) implements Result {}
    }

    /**
     * Reads a JWT.
     *
     * @param jwt the text in compact form; the caller bounds its length
     * @return what was found; never an exception for anything it contains
     */
    public Result read(String jwt) {
        try {
            return check(CompactJws.parse(jwt));
        } catch (Malformed e) {
            return new Result.Refused(String.valueOf(e.getMessage()));
        } catch (Throwable e) { // CVE-2019-17195: whatever a parser or a provider throws is a refusal
            return new Result.Refused("could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Result check(CompactJws jws) {
        JwsAlgorithm algorithm = JwsAlgorithm.of(jws.algorithm());
        if (algorithm == null) {
            return new Result.Refused("its algorithm is not permitted");
        }
        if (!(jws.header().get("typ") instanceof String typ) || !isType(typ)) {
            return new Result.Refused("its 'typ' is not " + type);
        }
        Result result = judged(jws, algorithm, keys.find(jws.keyId(), algorithm));
        KeyLookup newer = result instanceof Result.Refused && jws.keyId() == null ? keys.fetchAgain(algorithm) : null;
        return newer == null ? result : judged(jws, algorithm, newer);
    }

    private Result judged(CompactJws jws, JwsAlgorithm algorithm, KeyLookup lookup) {
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Result.Unavailable(unavailable.detail(), unavailable.retryAfter());
        }
        if (lookup instanceof KeyLookup.Found found && isSigned(jws, algorithm, found.keys())) {
            return new Result.Genuine(StrictJson.object(jws.payload()));
        }
        return new Result.Refused("its signature is by no key of the issuer");
    }

    /** Media types are compared without regard to case (RFC 2045 section 5.1). */
    private boolean isType(String typ) {
        String lower = typ.toLowerCase(Locale.ROOT);
        return lower.equals(type) || lower.equals("application/" + type);
    }

    private boolean isSigned(CompactJws jws, JwsAlgorithm algorithm, List<Jwk> candidates) {
        return candidates.size() <= MAXIMUM_TRIES
                && candidates.stream()
                        .anyMatch(key -> signatures.verify(algorithm, key.key(), jws.signingInput(), jws.signature()));
    }
}
