package io.apiguard.authn.dpop;

import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.Members;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a proof, each of the one type it may have (RFC 9449 section 4.2). */
record ProofClaims(
        String id,
        String method,
        String uri,
        Instant issuedAt,
        @Nullable String tokenHash,
        @Nullable String nonce) {

    private static final int MAXIMUM_ID_LENGTH = 256;

    /** The end of the year 9999: what lies beyond is a mistake or an attack. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    static ProofClaims of(Map<String, @Nullable Object> members) {
        try {
            return new ProofClaims(
                    id(members),
                    Members.demanded(members, "htm"),
                    Members.demanded(members, "htu"),
                    issuedAt(members),
                    Members.string(members, "ath"),
                    Members.string(members, "nonce"));
        } catch (Malformed e) {
            throw new RefusedProof(Reason.CLAIM, String.valueOf(e.getMessage()));
        }
    }

    private static String id(Map<String, @Nullable Object> members) {
        String id = Members.demanded(members, "jti");
        if (id.isBlank() || id.length() > MAXIMUM_ID_LENGTH) {
            throw new Malformed("'jti' is blank, or longer than " + MAXIMUM_ID_LENGTH + " characters");
        }
        return id;
    }

    /** NumericDate (RFC 7519 section 2): seconds, with or without a fraction, which is dropped. */
    private static Instant issuedAt(Map<String, @Nullable Object> members) {
        if (!(members.get("iat") instanceof Number number)) {
            throw new Malformed("'iat' is missing, or not a number");
        }
        BigDecimal seconds = new BigDecimal(number.toString());
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw new Malformed("'iat' is out of range");
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }
}
