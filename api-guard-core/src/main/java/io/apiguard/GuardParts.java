package io.apiguard;

import java.util.List;

/** What a guard is put together from, made by its builder. */
record GuardParts(
        GuardSettings settings,
        List<EndpointPolicy> policies,
        ExchangeFactory exchanges,
        GateStep transport,
        GateStep size,
        GateStep preLimit,
        GateStep metadata,
        GateStep authenticate,
        LimitStep limit,
        AuthorizeStep authorize,
        ValidateStep validate,
        WayOut wayOut,
        Runnable closing) {}
