package io.apiguard;

import io.apiguard.http.Answer;
import org.jspecify.annotations.Nullable;

/** One check of gate 1. */
@FunctionalInterface
interface GateStep {

    /** Returns the answer to a request that goes no further, or {@code null} for one that does. */
    @Nullable Answer answer(Exchange exchange);
}
