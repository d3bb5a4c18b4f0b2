package io.apiguard;

import io.apiguard.http.Answer;
import io.apiguard.ratelimit.Charge;
import io.apiguard.ratelimit.Limit;
import io.apiguard.ratelimit.LimitKey;
import io.apiguard.ratelimit.LimitResult;
import io.apiguard.ratelimit.RateLimiter;
import org.jspecify.annotations.Nullable;

/** Gate 1, third: the limit by client address, before any cryptography is paid for. */
final class PreLimitStep implements GateStep {

    private final Refusals refusals;
    private final RateLimiter limiter;
    private final @Nullable Limit limit;

    PreLimitStep(Refusals refusals, RateLimiter limiter, @Nullable Limit limit) {
        this.refusals = refusals;
        this.limiter = limiter;
        this.limit = limit;
    }

    @Override
    public @Nullable Answer answer(Exchange exchange) {
        if (limit == null || exchange.probe()) {
            return null;
        }
        LimitResult result = limiter.tryConsume(new Charge(limit, LimitKey.CLIENT_ADDRESS, exchange.clientKey(), 1));
        return result.allowed() ? null : refusals.refuse(exchange, LimitStep.denial(Stage.PRE_LIMIT, result));
    }
}
