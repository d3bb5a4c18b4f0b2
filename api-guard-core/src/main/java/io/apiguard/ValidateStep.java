package io.apiguard;

import io.apiguard.Admitted.AdmittedBody;
import io.apiguard.BodyReader.Body;
import io.apiguard.BodyReader.Outcome;
import io.apiguard.http.Answer;
import io.apiguard.http.MediaType;
import io.apiguard.http.SizeRules;
import io.apiguard.validation.JsonValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/** Gate 2, last: reads the body of a caller already let in, checks it, and hands on the very bytes that were checked. */
final class ValidateStep {

    private static final byte[] NOTHING = {};
    private static final AdmittedBody EMPTY = new AdmittedBody(NOTHING, InputStream.nullInputStream());

    private final Refusals refusals;
    private final BodyReader reader;
    private final JsonValidator validator;
    private final BodySignatureCheck signatures;

    ValidateStep(Refusals refusals, BodyReader reader, JsonValidator validator, BodySignatureCheck signatures) {
        this.refusals = refusals;
        this.reader = reader;
        this.validator = validator;
        this.signatures = signatures;
    }

    Admitted admit(Guard guard, Exchange exchange, EndpointPolicy policy, RequestBody body) {
        if (!body.mayBePresent()) {
            return new Admitted(guard, exchange, policy, signatures.answer(exchange, NOTHING), EMPTY);
        }
        boolean declared = SizeRules.declaresBody(exchange.request());
        Denial denial = declared ? unfit(exchange, policy) : null;
        Answer refusal = denial == null ? null : refusals.refuse(exchange, denial);
        if (refusal != null) {
            return new Admitted(guard, exchange, policy, refusal, EMPTY);
        }
        InputStream in;
        try {
            in = body.open();
        } catch (IOException e) {
            return refused(guard, exchange, policy, broken(e));
        }
        boolean whole = denial == null && (!declared || isJson(exchange) || isForm(exchange));
        return whole || signatures.isDue(exchange)
                ? buffered(guard, exchange, policy, in)
                : streamed(guard, exchange, policy, in);
    }

    /**
     * Judges a body that one handler was given for another one that the request was forwarded to, by the other's rules.
     *
     * <p>What was streamed, or let through unjudged in report mode, cannot be judged any more.
     */
    Admitted again(Guard guard, Exchange exchange, EndpointPolicy policy, Admitted earlier) {
        byte[] checked = earlier.body().checked();
        Denial denial = checked == null ? unjudged() : rejudged(exchange, policy, checked);
        Answer refusal = denial == null ? null : refusals.refuse(exchange, denial);
        return new Admitted(guard, exchange, policy, refusal, refusal == null ? earlier.body() : EMPTY);
    }

    private @Nullable Denial rejudged(Exchange exchange, EndpointPolicy policy, byte[] checked) {
        if (checked.length > policy.body().maxBytes()) {
            return tooLarge(policy);
        }
        return invalid(exchange, policy, checked);
    }

    private static Denial unjudged() {
        return Denial.of(
                Stage.VALIDATE,
                "body-unjudged",
                "the body was handed to another handler as a stream, so that it cannot be judged for the one it was forwarded to",
                Problems.internalError());
    }

    private static Denial tooLarge(EndpointPolicy policy) {
        return Denial.of(
                Stage.VALIDATE,
                "body-too-large",
                "the body is longer than " + policy.body().maxBytes() + " bytes",
                Problems.bodyTooLarge());
    }

    /** What a declared body's fields say against it, before a byte of it is read. */
    private static @Nullable Denial unfit(Exchange exchange, EndpointPolicy policy) {
        String length = exchange.request().header("Content-Length");
        boolean tooLarge =
                length != null && Long.parseLong(length.strip()) > policy.body().maxBytes();
        return tooLarge ? tooLarge(policy) : wrongType(exchange, policy);
    }

    private static boolean isForm(Exchange exchange) {
        return Media.isForm(exchange.request().header("Content-Type"));
    }

    private static @Nullable Denial wrongType(Exchange exchange, EndpointPolicy policy) {
        return Violations.denial(Stage.VALIDATE, policy.body().contentTypes().checkBody(exchange.request()));
    }

    private static boolean isJson(Exchange exchange) {
        return MediaType.isJson(exchange.request().header("Content-Type"));
    }

    private Admitted buffered(Guard guard, Exchange exchange, EndpointPolicy policy, InputStream in) {
        Body body = reader.read(in, policy.body().maxBytes());
        exchange.reserved(body.reserved());
        exchange.requestBytes(body.bytes().length);
        Answer refusal = refusal(exchange, policy, body);
        if (refusal != null) {
            return new Admitted(guard, exchange, policy, refusal, EMPTY);
        }
        ByteArrayInputStream read = new ByteArrayInputStream(body.bytes());
        AdmittedBody admitted = body.outcome() == Outcome.COMPLETE
                ? new AdmittedBody(body.bytes(), read)
                : new AdmittedBody(null, new SequenceInputStream(read, in));
        return new Admitted(guard, exchange, policy, null, admitted);
    }

    /** Whose the body is comes before what is in it. */
    private @Nullable Answer refusal(Exchange exchange, EndpointPolicy policy, Body body) {
        boolean complete = body.outcome() == Outcome.COMPLETE;
        Answer forged = complete ? signatures.answer(exchange, body.bytes()) : null;
        Denial denial = forged == null ? denial(exchange, policy, body) : null;
        Answer refusal = denial == null ? forged : refuse(exchange, denial, body);
        if (refusal == null && !complete) {
            signatures.notCompared(exchange);
        }
        return refusal;
    }

    /** A body that broke off has nothing behind it to let through; one that cannot be compared with its signature must not get there. */
    private @Nullable Answer refuse(Exchange exchange, Denial denial, Body body) {
        boolean incomplete = body.outcome() != Outcome.COMPLETE;
        return body.outcome() == Outcome.BROKEN || (incomplete && signatures.isEnforced(exchange))
                ? refusals.refuseAlways(exchange, denial)
                : refusals.refuse(exchange, denial);
    }

    private @Nullable Denial denial(Exchange exchange, EndpointPolicy policy, Body body) {
        return switch (body.outcome()) {
            case COMPLETE -> invalid(exchange, policy, body.bytes());
            case TOO_LARGE -> tooLarge(policy);
            case NO_ROOM ->
                Denial.of(
                                Stage.VALIDATE,
                                "body-budget-spent",
                                "size.max-buffered is spent by bodies now held",
                                Problems.busy())
                        .withHeader("Retry-After", "1");
            case TOO_SLOW ->
                Denial.of(
                        Stage.VALIDATE,
                        "body-too-slow",
                        "the body took longer than size.read-timeout",
                        Problems.bodyTooSlow());
            case BROKEN -> broken(body.failure());
        };
    }

    private static Denial broken(@Nullable IOException failure) {
        String cause = failure == null ? "" : ": " + failure.getClass().getSimpleName();
        return Denial.of(
                Stage.VALIDATE,
                "body-broken-off",
                "the body could not be read" + cause,
                Problems.malformedRequest("The body broke off."));
    }

    private @Nullable Denial invalid(Exchange exchange, EndpointPolicy policy, byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        Denial wrongType = wrongType(exchange, policy);
        if (wrongType != null || !isJson(exchange)) {
            return wrongType;
        }
        return validator
                .validate(bytes)
                .map(violation -> invalidBody(violation.code().text(), violation.message()))
                .orElse(null);
    }

    private static Denial invalidBody(String code, String detail) {
        return Denial.of(Stage.VALIDATE, "body-" + code, detail, Problems.invalidBody(detail));
    }

    private Admitted streamed(Guard guard, Exchange exchange, EndpointPolicy policy, InputStream in) {
        exchange.requestBytes(-1);
        return new Admitted(guard, exchange, policy, null, new AdmittedBody(null, bounded(exchange, policy, in)));
    }

    private InputStream bounded(Exchange exchange, EndpointPolicy policy, InputStream in) {
        return refusals.isReporting(policy)
                ? in
                : new BoundedInput(in, policy.body().maxBytes(), exchange::markBodyTooLarge);
    }

    private Admitted refused(Guard guard, Exchange exchange, EndpointPolicy policy, Denial denial) {
        return new Admitted(guard, exchange, policy, refusals.refuseAlways(exchange, denial), EMPTY);
    }

    /** Gives the exchange's share of the budget for bodies back. */
    void free(Exchange exchange) {
        reader.free(exchange.takeReserved());
    }
}
