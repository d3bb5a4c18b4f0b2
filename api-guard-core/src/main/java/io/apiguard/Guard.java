package io.apiguard;

import io.apiguard.Admitted.AdmittedBody;
import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.authz.AccessDecision;
import io.apiguard.http.Answer;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline an application builds once: two gates and a way out.
 *
 * <pre>{@code
 * Guard guard = Guard.builder(GuardSettings.load()).endpoints(found).build();
 * Received received = guard.receive(request);                    // gate 1
 * Admitted admitted = received.admit(policy, call);              // gate 2
 * received.decorate(response);                                   // way out
 * received.release(Completion.of(200, bytes));
 * }</pre>
 *
 * <p>Immutable and thread-safe. Applications seldom call it themselves: an adapter does.
 */
public final class Guard implements AutoCloseable {

    private final GuardSettings settings;
    private final List<EndpointPolicy> policies;
    private final Map<Endpoint, EndpointPolicy> byEndpoint;
    private final Coverage coverage;
    private final ExchangeFactory exchanges;
    private final List<GateStep> gate1;
    private final LimitStep limit;
    private final AuthorizeStep authorize;
    private final ValidateStep validate;
    private final WayOut wayOut;
    private final Runnable closing;

    Guard(GuardParts parts) {
        this.settings = parts.settings();
        this.policies = parts.policies();
        this.byEndpoint = new HashMap<>();
        policies.forEach(policy -> byEndpoint.put(policy.endpoint(), policy));
        this.coverage = Coverage.of(policies);
        this.exchanges = parts.exchanges();
        this.gate1 = List.of(parts.transport(), parts.size(), parts.preLimit(), parts.metadata(), parts.authenticate());
        this.limit = parts.limit();
        this.authorize = parts.authorize();
        this.validate = parts.validate();
        this.wayOut = parts.wayOut();
        this.closing = parts.closing();
    }

    /**
     * Begins a guard.
     *
     * @param settings everything that can be set about it
     * @return a builder
     */
    public static GuardBuilder builder(GuardSettings settings) {
        return new GuardBuilder(settings);
    }

    /**
     * Gate 1, before anything of the request is parsed: transport, size, pre-limit, authentication.
     *
     * @param request the request
     * @return the request as it came out, to be released whatever happens
     */
    public Received receive(ApiRequest request) {
        Exchange exchange = exchanges.begin(request);
        try {
            return new Received(this, exchange, firstAnswer(exchange));
        } catch (RuntimeException | Error e) {
            return new Received(this, exchange, wayOut.failed(exchange, e));
        }
    }

    private @Nullable Answer firstAnswer(Exchange exchange) {
        for (GateStep step : gate1) {
            Answer answer = step.answer(exchange);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /** Gate 2, at the handler: limit, authorize, validate. Whatever throws on the way refuses. */
    Admitted admit(Exchange exchange, EndpointPolicy policy, HandlerCall call, @Nullable Admitted earlier) {
        exchange.admitting(policy);
        if (earlier != null) {
            exchange.clearProbe();
        }
        try {
            Answer refusal = refusal(exchange, policy, call);
            if (refusal != null) {
                return refused(exchange, policy, refusal);
            }
            return earlier != null && earlier.isPermitted()
                    ? validate.again(this, exchange, policy, earlier)
                    : validate.admit(this, exchange, policy, call.body());
        } catch (RuntimeException | Error e) {
            return refused(exchange, policy, wayOut.failed(exchange, e));
        }
    }

    private @Nullable Answer refusal(Exchange exchange, EndpointPolicy policy, HandlerCall call) {
        Answer refusal = limit.answer(exchange, policy);
        return refusal == null ? authorize.answer(exchange, policy, call) : refusal;
    }

    boolean permits(Exchange exchange, EndpointPolicy policy, Supplier<Map<String, String>> pathParameters) {
        return authorize.decide(exchange, policy, pathParameters) instanceof AccessDecision.Permitted;
    }

    private Admitted refused(Exchange exchange, EndpointPolicy policy, Answer refusal) {
        return new Admitted(this, exchange, policy, refusal, new AdmittedBody(null, InputStream.nullInputStream()));
    }

    /** The way out: what stands in place of an answer that is not the application's. */
    Answer instead(Exchange exchange, int status, boolean admitted) {
        return wayOut.instead(exchange, status, admitted);
    }

    Answer failed(Exchange exchange, Throwable failure) {
        return wayOut.failed(exchange, failure);
    }

    boolean redacts(EndpointPolicy policy) {
        return wayOut.redacts(policy);
    }

    OutputStream redacting(
            Exchange exchange, EndpointPolicy policy, ResponseMedia media, OutputStream target, Runnable failure)
            throws IOException {
        return wayOut.redacting(exchange, policy, media, target, failure);
    }

    void decorate(Exchange exchange, ApiResponse response) {
        wayOut.decorate(exchange, response);
    }

    Released release(Exchange exchange, Completion completion) {
        if (exchange.releaseOnce()) {
            validate.free(exchange);
            wayOut.record(exchange, completion);
        }
        return new Released(exchange, completion.status());
    }

    /** {@return the settings the guard was built from} */
    public GuardSettings settings() {
        return settings;
    }

    /** {@return the policies of all endpoints, in the order the endpoints were given; unmodifiable} */
    public List<EndpointPolicy> policies() {
        return policies;
    }

    /**
     * Finds the policy of one of the endpoints the guard was built with.
     *
     * @param endpoint an endpoint that was given to {@link GuardBuilder#endpoints}
     * @return its policy; empty if the guard does not know it, and then it must not be served
     */
    public Optional<EndpointPolicy> policyOf(Endpoint endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    /** {@return the start-up report: every endpoint and what guards it} */
    public Coverage coverage() {
        return coverage;
    }

    /** Writes the audit events that wait and stops the guard's own threads; a second call does nothing. */
    @Override
    public void close() {
        closing.run();
    }
}
