package io.apiguard;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditEvent.Outcome;
import io.apiguard.audit.AuditEvent.Traffic;
import io.apiguard.audit.AuditEvent.Verdict;
import io.apiguard.audit.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an exchange that is over into its audit event. */
final class AuditTrail {

    private final AuditSink sink;
    private final boolean reportMode;

    AuditTrail(AuditSink sink, boolean reportMode) {
        this.sink = sink;
        this.reportMode = reportMode;
    }

    void record(Exchange exchange, Completion completion, long nanos) {
        EndpointPolicy policy = exchange.policyOrNull();
        sink.accept(new AuditEvent(
                exchange.startedAt(),
                exchange.id(),
                new AuditEvent.Request(
                        exchange.request().method(),
                        exchange.request().rawPath(),
                        policy == null ? null : policy.endpointName(),
                        exchange.clientAddress(),
                        exchange.request().peerAddress()),
                exchange.identityOrNull(),
                exchange.fingerprint(),
                verdict(exchange, completion, policy),
                exchange.chargedLimits(),
                policy == null ? null : policy.action(),
                new Traffic(Duration.ofNanos(nanos), exchange.requestBytes(), completion.responseBytes())));
    }

    private Verdict verdict(Exchange exchange, Completion completion, @Nullable EndpointPolicy policy) {
        boolean report = reportMode || policy != null && policy.reportOnly();
        Denial denial = exchange.denialOrNull();
        if (denial != null) {
            return verdict(
                    failed(denial) ? Outcome.ERROR : Outcome.DENIED, completion, denial, denial.detail(), report);
        }
        Throwable failure = completion.failure();
        if (failure != null) {
            String detail = failure.getClass().getName();
            return new Verdict(
                    Outcome.ERROR, completion.status(), Stage.HANDLE.label(), "handler-failed", detail, report);
        }
        List<Denial> reported = exchange.reported();
        if (!reported.isEmpty()) {
            return verdict(Outcome.REPORTED, completion, reported.get(0), details(reported), report);
        }
        return new Verdict(Outcome.PERMITTED, completion.status(), null, null, null, report);
    }

    private static boolean failed(Denial denial) {
        return denial.problem().status() == 500;
    }

    private static Verdict verdict(
            Outcome outcome, Completion completion, Denial denial, String detail, boolean report) {
        return new Verdict(outcome, completion.status(), denial.stage().label(), denial.reason(), detail, report);
    }

    private static String details(List<Denial> reported) {
        List<String> details = new ArrayList<>();
        reported.forEach(denial -> details.add(denial.reason() + ": " + denial.detail()));
        return String.join("; ", details);
    }

    void close() {
        sink.close();
    }
}
