package io.apiguard;

import io.apiguard.http.Answer;
import org.jspecify.annotations.Nullable;

/** Turns a denial into the answer the caller gets, or in report mode into a note in the exchange. */
final class Refusals {

    private final boolean reportMode;

    Refusals(boolean reportMode) {
        this.reportMode = reportMode;
    }

    /** Returns the answer that refuses, or {@code null} in report mode, where the request goes on. */
    @Nullable Answer refuse(Exchange exchange, Denial denial) {
        if (isReporting(exchange)) {
            exchange.report(denial);
            return null;
        }
        return refuseAlways(exchange, denial);
    }

    /** Returns the answer that refuses what cannot be parsed, in report mode too. */
    Answer refuseAlways(Exchange exchange, Denial denial) {
        exchange.deny(denial);
        return Answer.of(denial.problem(), denial.headers());
    }

    private boolean isReporting(Exchange exchange) {
        EndpointPolicy policy = exchange.policyOrNull();
        return policy == null ? reportMode : isReporting(policy);
    }

    /** Whether refusals at an endpoint are only reported, there or everywhere. */
    boolean isReporting(EndpointPolicy policy) {
        return reportMode || policy.reportOnly();
    }

    /** Whether refusals are only reported, everywhere. */
    boolean isReportMode() {
        return reportMode;
    }
}
