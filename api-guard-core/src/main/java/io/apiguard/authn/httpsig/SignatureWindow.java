package io.apiguard.authn.httpsig;

import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From when until when a signature is good: from {@code created} to {@code expires} or the maximum age, both with the skew. */
record SignatureWindow(Instant created, Instant until, Duration skew) {

    static SignatureWindow of(SignatureParameters parameters, Duration maximumAge, Duration skew) {
        Instant created = parameters.time("created");
        if (created == null) {
            throw new RefusedSignature(Reason.PARAMETERS, "says not when it was created");
        }
        Instant expires = parameters.time("expires");
        if (expires != null && !expires.isAfter(created)) {
            throw new RefusedSignature(Reason.MALFORMED, "expires before it was created");
        }
        return new SignatureWindow(created, earlier(created.plus(maximumAge), expires), skew);
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    void check(Instant now) {
        if (now.isBefore(created.minus(skew))) {
            throw new RefusedSignature(Reason.NOT_YET_VALID, "was created in the future");
        }
        if (!now.isBefore(end())) {
            throw new RefusedSignature(Reason.EXPIRED, "has expired, or is older than permitted");
        }
    }

    /** The instant from which it is refused for its age. */
    Instant end() {
        return until.plus(skew);
    }
}
