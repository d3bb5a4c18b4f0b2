package io.apiguard;

import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.event.GuardListener;
import io.apiguard.http.Answer;
import io.apiguard.http.ApiResponse;
import io.apiguard.http.Header;
import io.apiguard.http.Problem;
import io.apiguard.http.SecurityHeaders;
import io.apiguard.redaction.RedactingOutputStream;
import io.apiguard.redaction.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.owasp.encoder.Encode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out: redaction, headers, audit. */
final class WayOut {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Refusals refusals;
    private final SecurityHeaders securityHeaders;
    private final List<Header> challenges;
    private final @Nullable SignatureOffer signatures;
    private final AuditTrail audit;
    private final GuardListener listener;
    private final LongSupplier nanos;

    WayOut(
            Refusals refusals,
            SecurityHeaders securityHeaders,
            List<Header> challenges,
            @Nullable SignatureOffer signatures,
            AuditTrail audit,
            GuardListener listener,
            LongSupplier nanos) {
        this.refusals = refusals;
        this.securityHeaders = securityHeaders;
        this.challenges = challenges;
        this.signatures = signatures;
        this.audit = audit;
        this.listener = listener;
        this.nanos = nanos;
    }

    /** What stands in place of an answer that no permitted handler gave, or that one left to the framework. */
    Answer instead(Exchange exchange, int status, boolean admitted) {
        if (status < 400) {
            return refusals.refuseAlways(exchange, unguarded());
        }
        if (exchange.bodyTooLarge()) {
            return refusals.refuseAlways(exchange, bodyTooLarge());
        }
        Problem problem = Problems.ofStatus(status > 599 ? 500 : status);
        if (!admitted && exchange.denialOrNull() == null) {
            String detail = "the framework answered " + status + " before any handler was admitted";
            exchange.deny(Denial.of(Stage.HANDLE, "status-" + status, detail, problem));
        }
        return Answer.of(problem, status == 401 ? challenges : List.of());
    }

    private static Denial bodyTooLarge() {
        return Denial.of(
                Stage.VALIDATE,
                "body-too-large",
                "the body turned out longer than the endpoint allows while the handler read it",
                Problems.bodyTooLarge());
    }

    private static Denial unguarded() {
        return Denial.of(
                Stage.AUTHORIZE,
                "unguarded",
                "the answer came from something that no policy covers; give it a route, or let it answer outside the guard",
                Problems.forbidden());
    }

    Answer failed(Exchange exchange, Throwable failure) {
        if (exchange.bodyTooLarge()) {
            return refusals.refuseAlways(exchange, bodyTooLarge());
        }
        LOG.error(
                "{} {} failed (exchange {})",
                Encode.forJava(exchange.request().method()),
                Encode.forJava(exchange.request().rawPath()),
                exchange.id(),
                failure);
        String detail = failure.getClass().getName();
        return refusals.refuseAlways(
                exchange, Denial.of(Stage.HANDLE, "handler-failed", detail, Problems.internalError()));
    }

    /** Report mode leaves responses as they are. */
    boolean redacts(EndpointPolicy policy) {
        return !policy.fields().isEmpty() && !refusals.isReporting(policy);
    }

    /**
     * JSON is masked on its way. Of other types only those pass that have no named members; what does not say that it is JSON and begins
     * like an object or an array is taken for JSON, since callers may choose the type of an answer.
     */
    OutputStream redacting(
            Exchange exchange, EndpointPolicy policy, ResponseMedia media, OutputStream target, Runnable failure)
            throws IOException {
        if (!redacts(policy)) {
            return target;
        }
        RedactingOutputStream stream = Redactor.of(policy.fields(), exchange.identityOrNull())
                .reportingTo(listener)
                .redacting(target, () -> {
                    exchange.deny(notRedactable());
                    failure.run();
                });
        Media.Kind kind = Media.kindOf(media.contentType());
        if (kind == Media.Kind.MEMBERS || (kind == Media.Kind.JSON && !isReadable(media))) {
            stream.fail();
        }
        return kind == Media.Kind.OTHER ? new JsonLookout(target, isReadable(media), stream) : stream;
    }

    private static Denial notRedactable() {
        return Denial.of(
                Stage.REDACT,
                "redaction-failed",
                "the response could not be read as a whole JSON document in UTF-8, so that a placeholder was sent",
                Problems.internalError());
    }

    /** What is encoded, cut or in another charset cannot be read, so none of it may get out. */
    private static boolean isReadable(ResponseMedia media) {
        String encoding = media.contentEncoding();
        return (encoding == null || encoding.equalsIgnoreCase("identity"))
                && media.contentRange() == null
                && media.status() != 206
                && Media.isUtf8(media.contentType());
    }

    void decorate(Exchange exchange, ApiResponse response) {
        securityHeaders.apply(response, exchange.secure(), exchange.identityOrNull() != null);
        if (signatures != null) {
            signatures.addTo(response, exchange.request());
        }
        for (Header header : exchange.fields()) {
            if (!header.name().equals("Vary")) {
                response.setHeader(header.name(), header.value());
            } else if (!response.headers("Vary").contains(header.value())) {
                response.addHeader("Vary", header.value());
            }
        }
    }

    /** The answer is out: a sink that fails now is alarmed, and changes nothing for the caller. */
    void record(Exchange exchange, Completion completion) {
        try {
            audit.record(exchange, completion, nanos.getAsLong() - exchange.startedNanos());
        } catch (RuntimeException | Error e) {
            LOG.error("the audit event of exchange {} was lost", exchange.id(), e);
        }
    }
}
