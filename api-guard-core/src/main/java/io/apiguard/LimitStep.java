package io.apiguard;

import io.apiguard.EndpointPolicy.EndpointLimit;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import io.apiguard.identity.Identity;
import io.apiguard.ratelimit.Charge;
import io.apiguard.ratelimit.LimitKey;
import io.apiguard.ratelimit.LimitResult;
import io.apiguard.ratelimit.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gate 2, first: the limits of the endpoint, charged once for each request. */
final class LimitStep {

    private final Refusals refusals;
    private final RateLimiter limiter;

    LimitStep(Refusals refusals, RateLimiter limiter) {
        this.refusals = refusals;
        this.limiter = limiter;
    }

    @Nullable Answer answer(Exchange exchange, EndpointPolicy policy) {
        if (policy.limits().isEmpty() || exchange.probe() || !exchange.chargeOnce()) {
            return null;
        }
        LimitResult result = limiter.tryConsume(charges(exchange, policy));
        if (!result.allowed()) {
            return refusals.refuse(exchange, denial(Stage.LIMIT, result));
        }
        exchange.fields().addAll(policy.limitFields().of(result));
        exchange.chargedLimits(policy.limitNames());
        return null;
    }

    static Denial denial(Stage stage, LimitResult result) {
        List<Header> headers = result.headers();
        String name = result.deniedBy().map(limit -> limit.name()).orElse("");
        String detail = "limit '" + name + "' has no room for another " + result.retryAfterSeconds() + " s";
        return new Denial(stage, "rate-limited", detail, Problems.rateLimited(), headers);
    }

    private static List<Charge> charges(Exchange exchange, EndpointPolicy policy) {
        List<Charge> charges = new ArrayList<>(policy.limits().size());
        for (EndpointLimit limit : policy.limits()) {
            charges.add(charge(exchange, limit));
        }
        return charges;
    }

    /** Whoever lacks what a limit counts by is counted by the next best: tenant or key, identity, client address. */
    private static Charge charge(Exchange exchange, EndpointLimit limit) {
        Identity identity = exchange.identityOrNull();
        LimitKey by = limit.limit().by();
        if (identity == null || by == LimitKey.CLIENT_ADDRESS) {
            return new Charge(limit.limit(), LimitKey.CLIENT_ADDRESS, exchange.clientKey(), limit.cost());
        }
        String issuer = identity.issuer().orElse("");
        if (by == LimitKey.TENANT && identity.tenant().isPresent()) {
            String tenant = Charge.joined(issuer, identity.tenant().get());
            return new Charge(limit.limit(), LimitKey.TENANT, tenant, limit.cost());
        }
        if (by == LimitKey.API_KEY && identity.keyId().isPresent()) {
            return new Charge(limit.limit(), LimitKey.API_KEY, identity.keyId().get(), limit.cost());
        }
        return new Charge(limit.limit(), LimitKey.IDENTITY, Charge.joined(issuer, identity.subject()), limit.cost());
    }
}
