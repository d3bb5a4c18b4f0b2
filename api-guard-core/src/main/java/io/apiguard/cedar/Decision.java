package io.apiguard.cedar;

import io.apiguard.cedar.eval.CompiledPolicy;
import io.apiguard.cedar.eval.Findings;
import io.apiguard.cedar.value.ErrorKind;
import java.util.List;

/**
 * The answer to a {@link CedarRequest}, and why it is that (Cedar Policy Language Reference, "Authorization").
 *
 * <p>Immutable and thread-safe.
 */
public final class Decision {

    private final Findings findings;

    Decision(Findings findings) {
        this.findings = findings;
    }

    /** Which answer it is, and whether a denial was anybody's will. */
    public enum Outcome {
        /** A policy permits, and none forbids. */
        ALLOWED,
        /** A policy forbids. */
        FORBIDDEN,
        /** No policy permits, and none forbids. */
        NOTHING_PERMITS
    }

    /**
     * A policy that could not be evaluated and was therefore left out.
     *
     * @param policyId its id
     * @param kind why
     * @param detail why, in words for whoever writes policies; may name entities
     */
    public record PolicyError(String policyId, ErrorKind kind, String detail) {}

    /** Returns the outcome. */
    public Outcome outcome() {
        if (!findings.forbids().isEmpty()) {
            return Outcome.FORBIDDEN;
        }
        return findings.permits().isEmpty() ? Outcome.NOTHING_PERMITS : Outcome.ALLOWED;
    }

    /** Returns whether the request is allowed. */
    public boolean isAllowed() {
        return outcome() == Outcome.ALLOWED;
    }

    /** Returns the ids of the policies that decided: those that forbid, else those that permit; none if nothing permits. */
    public List<String> reasons() {
        List<CompiledPolicy> deciding = findings.forbids().isEmpty() ? findings.permits() : findings.forbids();
        return deciding.stream().map(CompiledPolicy::id).toList();
    }

    /** Returns the policies that could not be evaluated, a {@code forbid} among them or not. */
    public List<PolicyError> errors() {
        return findings.faults().stream()
                .map(fault -> new PolicyError(fault.policy().id(), fault.kind(), fault.detail()))
                .toList();
    }

    @Override
    public String toString() {
        return outcome() + " by " + reasons() + (findings.faults().isEmpty() ? "" : ", with errors " + errors());
    }
}
