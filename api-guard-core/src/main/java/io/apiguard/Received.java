package io.apiguard;

import io.apiguard.http.Answer;
import io.apiguard.http.ApiResponse;
import io.apiguard.identity.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that has passed gate 1, or was answered there; only {@link Guard#receive} makes one.
 *
 * <p>An adapter writes {@link #answer()} if there is one, and otherwise calls {@link #admit} at the handler that the framework chose.
 * Whatever happens it ends with one call of {@link #release}. Belongs to one request; not thread-safe.
 */
public final class Received {

    private final Guard guard;
    private final Exchange exchange;
    private final @Nullable Answer answer;
    private @Nullable Admitted admitted;

    Received(Guard guard, Exchange exchange, @Nullable Answer answer) {
        this.guard = guard;
        this.exchange = exchange;
        this.answer = answer;
    }

    /** {@return the exchange as far as it is known} */
    public Exchange exchange() {
        return exchange;
    }

    /** {@return the complete answer to a request that goes no further (a refusal, or a preflight); empty if it may go on} */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    /** {@return the verified caller; empty for an anonymous one} */
    public Optional<Identity> identity() {
        return exchange.identity();
    }

    /**
     * Decides at a handler: limits, authorization, validation of the body.
     *
     * <p>Asked again for the policy it was last asked for it gives the same value without deciding again; for another handler (a forward)
     * it decides anew, without charging limits or reading the body a second time.
     *
     * @param policy what the endpoint demands
     * @param call the framework's call
     * @return the outcome: a refusal to write, or leave to call the handler
     * @throws IllegalStateException if the request was already answered at gate 1
     */
    public Admitted admit(EndpointPolicy policy, HandlerCall call) {
        if (answer != null) {
            throw new IllegalStateException("the request was answered at gate 1");
        }
        Admitted last = admitted;
        if (last == null || last.policy() != policy) {
            last = guard.admit(exchange, policy, call, last);
            admitted = last;
        }
        return last;
    }

    /**
     * Returns whether the caller may pass something on the way to a handler, such as a sub-resource locator: authorization alone, without
     * limits and body, and without a record. What is refused is to be refused by {@link #admit}.
     *
     * @param policy what is demanded there
     * @param pathParameters the variables of the path, asked only for object checks
     * @return whether the caller may
     */
    public boolean permits(EndpointPolicy policy, Supplier<Map<String, String>> pathParameters) {
        return guard.permits(exchange, policy, pathParameters);
    }

    /**
     * Decides at a handler whose output becomes a part of another's answer (an include).
     *
     * <p>It is decided as by {@link #admit}, but the answer stays that of the handler admitted before: so do its audit event and {@link #admitted}.
     *
     * @param policy what the included endpoint demands
     * @param call the framework's call
     * @return the outcome: a refusal, of which nothing is to be written, or leave to call the handler
     * @throws IllegalStateException if the request was already answered at gate 1
     */
    public Admitted admitIncluded(EndpointPolicy policy, HandlerCall call) {
        Admitted including = admitted;
        if (including == null) {
            return admit(policy, call);
        }
        Exchange.Judgement before = exchange.judgement();
        try {
            return admit(policy, call);
        } finally {
            admitted = including;
            exchange.restore(before);
        }
    }

    /** {@return the outcome of the last {@link #admit}; empty before gate 2} */
    public Optional<Admitted> admitted() {
        return Optional.ofNullable(admitted);
    }

    /**
     * Returns the answer for a request that no guarded handler took, or that its handler left to the framework to answer: the status as a
     * problem document, without anything the server would tell of itself.
     *
     * <p>A status below 400 that comes from something no policy covers is a refusal (403): what is not known is not served.
     *
     * @param status the status the framework chose
     * @return the answer in its place
     */
    public Answer instead(int status) {
        return guard.instead(exchange, status, admitted != null && admitted.isPermitted());
    }

    /**
     * Returns the answer for a request whose handler failed: a problem document with status 500 that tells nothing of the failure, which
     * is logged for the operator. A body found too long while the handler read it is 413.
     *
     * @param failure what the handler threw
     * @return the answer in place of the framework's
     */
    public Answer failed(Throwable failure) {
        return guard.failed(exchange, failure);
    }

    /**
     * Completes the header section of a response, just before it is sent: security, cross-origin and limit fields.
     *
     * @param response the response, of the guard's own or of the application
     */
    public void decorate(ApiResponse response) {
        guard.decorate(exchange, response);
    }

    /**
     * Ends the exchange: gives back what it holds and writes its audit event; a second call does nothing.
     *
     * @param completion how the exchange ended
     * @return the end
     */
    public Released release(Completion completion) {
        return guard.release(exchange, completion);
    }
}
