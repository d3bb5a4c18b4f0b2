package io.apiguard.authn;

import io.apiguard.authn.httpsig.SignedBody;
import io.apiguard.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Authenticator#authenticate} found in a request: no credential, a good one, or a failure. */
public sealed interface Authentication {

    /** Nothing was presented: the caller is anonymous. */
    record None() implements Authentication {}

    /**
     * The credential is good.
     *
     * @param identity who the caller is
     * @param fingerprint what stands for the credential in audit and metrics
     * @param dpopNonce the {@code DPoP-Nonce} of the answer (RFC 9449 section 8.2), or {@code null}
     * @param body what the body must be like once it is read, or {@code null}: only then is the request as a whole the caller's
     */
    record Success(
            Identity identity,
            String fingerprint,
            @Nullable String dpopNonce,
            @Nullable SignedBody body) implements Authentication {

        /** A credential that says nothing of the body. */
        Success(Identity identity, String fingerprint, @Nullable String dpopNonce) {
            this(identity, fingerprint, dpopNonce, null);
        }

        /** Checks that identity and fingerprint are there. */
        public Success {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }

    /**
     * The request is to be refused, whether its endpoint demands authentication or not: a credential that was presented
     * and is not good never makes an anonymous caller.
     *
     * @param kind what sort of failure it is; all that the caller may learn
     * @param reason a stable code for audit and metrics, such as {@code token.expired}
     * @param detail one sentence for the operator, without any part of the credential
     * @param challenges the values of the {@code WWW-Authenticate} field lines to answer with; empty for 503
     * @param retryAfter the {@code Retry-After} to answer with, or {@code null}
     * @param dpopNonce the {@code DPoP-Nonce} to answer with (RFC 9449 section 8), or {@code null}
     */
    record Failure(
            Kind kind,
            String reason,
            String detail,
            List<String> challenges,
            @Nullable Duration retryAfter,
            @Nullable String dpopNonce)
            implements Authentication {
        /** Copies the challenges. */
        public Failure {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
            challenges = List.copyOf(challenges);
        }

        /** Returns the HTTP status to answer with. */
        public int status() {
            return kind.status();
        }
    }

    /** The sorts of failure. */
    enum Kind {
        /** The request presents its credential in a malformed way, or more than one (400). */
        MALFORMED(400),
        /** The credential was used too often in a short time (429). */
        EXCESSIVE(429),
        /** The credential is of a kind that this service does not take, or it is not good (401). */
        UNAUTHENTICATED(401),
        /** What the check needs cannot be reached (503). */
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** Returns the HTTP status to answer with. */
        public int status() {
            return status;
        }
    }
}
