package io.apiguard.audit;

import io.apiguard.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of one exchange: who asked for what from where, what was decided and why.
 *
 * <p>Immutable and thread-safe. It holds no credential: {@code credential} is a keyed fingerprint that tells credentials apart and from
 * which none can be recovered. Text that came from outside is kept as it was; {@link AuditLine} makes it safe to write.
 *
 * @param instant when the request arrived
 * @param exchangeId the exchange's own name, also shown to the caller
 * @param request what was asked, and from where
 * @param identity who asked, or {@code null} if nobody was authenticated
 * @param credential the fingerprint of what the caller presented, or {@code null} if it was nothing
 * @param verdict what was decided
 * @param limits the names of the limits that were charged, in order
 * @param action what the endpoint calls its action, or {@code null} if it does not name one
 * @param traffic how long the exchange took and how much was transferred
 */
public record AuditEvent(
        Instant instant,
        String exchangeId,
        Request request,
        @Nullable Identity identity,
        @Nullable String credential,
        Verdict verdict,
        List<String> limits,
        @Nullable String action,
        Traffic traffic) {

    /** Checks that nothing is missing and copies the list. */
    public AuditEvent {
        Objects.requireNonNull(instant, "instant");
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(verdict, "verdict");
        limits = List.copyOf(limits);
        Objects.requireNonNull(traffic, "traffic");
    }

    /** {@return whether the exchange was refused, would have been in report mode, or failed} */
    public boolean isRefusal() {
        return verdict.outcome() != Outcome.PERMITTED;
    }

    /** How an exchange ended. */
    public enum Outcome {
        /** Every check let it pass. */
        PERMITTED,
        /** A check refused it. */
        DENIED,
        /** A check would have refused it, and report mode let it pass. */
        REPORTED,
        /** The guard or the application failed. */
        ERROR
    }

    /**
     * What was asked, and from where.
     *
     * @param method the HTTP method as received
     * @param path the path as received, without the query
     * @param endpoint the method and path template of the endpoint that was chosen, or {@code null} if none was
     * @param clientAddress the caller's address, or {@code null} if it could not be told
     * @param peer the address of the connection's other end
     */
    public record Request(
            String method,
            String path,
            @Nullable String endpoint,
            @Nullable String clientAddress,
            String peer) {

        /** Checks that nothing is missing. */
        public Request {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(peer, "peer");
        }
    }

    /**
     * What was decided.
     *
     * @param outcome how the exchange ended
     * @param status the HTTP status that was sent, or 0 if none was
     * @param stage the step that decided, such as {@code authenticate}, or {@code null} if every step let the request pass
     * @param reason a stable code such as {@code token.expired}, or {@code null} if every step let the request pass
     * @param detail a sentence for the operator, or {@code null}
     * @param reportMode whether the guard or the endpoint was in report mode
     */
    public record Verdict(
            Outcome outcome,
            int status,
            @Nullable String stage,
            @Nullable String reason,
            @Nullable String detail,
            boolean reportMode) {

        /** Checks that there is an outcome. */
        public Verdict {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * How long an exchange took and how much was transferred.
     *
     * @param duration from the arrival of the request to the end of the response
     * @param requestBytes the length of the request's body in bytes, or -1 if that is not known
     * @param responseBytes the length of the response's body in bytes, or -1 if that is not known
     */
    public record Traffic(Duration duration, long requestBytes, long responseBytes) {

        /** Checks that there is a duration. */
        public Traffic {
            Objects.requireNonNull(duration, "duration");
        }
    }
}
