package io.apiguard.authn;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.Kind;
import io.apiguard.authn.Authentication.Success;
import io.apiguard.authn.httpsig.HttpSignatureResult;
import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.VerifiedSignature;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.secret.Fingerprint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the signature over a request for its credential (RFC 9421). */
final class SignatureCheck {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final HttpSignatureVerifier verifier;
    private final Fingerprint fingerprint;

    SignatureCheck(HttpSignatureVerifier verifier, Fingerprint fingerprint) {
        this.verifier = verifier;
        this.fingerprint = fingerprint;
    }

    /** Whether a request presents one, good or bad. */
    boolean isPresented(ApiRequest request) {
        return verifier.isMeantFor(request);
    }

    /**
     * Verifies it.
     *
     * @param challenges what a caller is answered with whose signature is not good
     */
    Authentication verify(ApiRequest request, @Nullable Arrival arrival, List<String> challenges) {
        if (arrival == null) {
            return new Failure(
                    Kind.UNAUTHENTICATED,
                    "signature.target",
                    "what the request is for is not known, so that no signature can be compared with it",
                    challenges,
                    null,
                    null);
        }
        HttpSignatureResult result = verifier.verify(request, arrival);
        if (result instanceof HttpSignatureResult.Valid valid) {
            return success(valid.signature());
        }
        return result instanceof HttpSignatureResult.Invalid invalid
                ? invalid(invalid, challenges)
                : unavailable((HttpSignatureResult.Unavailable) result);
    }

    /** The id of a key is no secret; its fingerprint stands for it beside those of credentials that are. */
    private Success success(VerifiedSignature signature) {
        String print = fingerprint.of("httpsig " + signature.keyId());
        return new Success(
                signature.identity(), print, null, signature.body().isMeaningful() ? signature.body() : null);
    }

    /** Two signatures of which either may be meant are two credentials; everything else looks the same to the caller. */
    private static Failure invalid(HttpSignatureResult.Invalid invalid, List<String> challenges) {
        String code = invalid.reason().code();
        String detail = "the signature " + invalid.detail();
        if (invalid.reason() == Reason.REPLAY_CAPACITY) {
            return new Failure(Kind.EXCESSIVE, code, detail, List.of(), SOON, null);
        }
        Kind kind = invalid.reason() == Reason.AMBIGUOUS ? Kind.MALFORMED : Kind.UNAUTHENTICATED;
        return new Failure(kind, code, detail, challenges, null, null);
    }

    private static Failure unavailable(HttpSignatureResult.Unavailable unavailable) {
        return new Failure(
                Kind.UNAVAILABLE,
                "signature.unavailable",
                unavailable.detail(),
                List.of(),
                unavailable.retryAfter(),
                null);
    }
}
