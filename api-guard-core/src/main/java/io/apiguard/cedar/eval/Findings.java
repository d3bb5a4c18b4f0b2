package io.apiguard.cedar.eval;

import io.apiguard.cedar.value.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What became of the policies that concern a request. Of one thread; allocates for what there is only. */
public final class Findings {

    private List<CompiledPolicy> permits = List.of();
    private List<CompiledPolicy> forbids = List.of();
    private List<Fault> faults = List.of();

    /** Makes one without findings. */
    public Findings() {}

    /**
     * A policy that could not be evaluated.
     *
     * @param policy which
     * @param kind why
     * @param detail why, in words
     */
    public record Fault(CompiledPolicy policy, ErrorKind kind, String detail) {}

    void add(CompiledPolicy policy, int outcome, Frame frame) {
        if (outcome == Node.FAULT) {
            faults = grown(faults, new Fault(policy, frame.errorKind(), frame.errorDetail()));
        } else if (outcome == Node.TRUE && policy.forbids()) {
            forbids = grown(forbids, policy);
        } else if (outcome == Node.TRUE) {
            permits = grown(permits, policy);
        }
    }

    private static <T> List<T> grown(List<T> list, T element) {
        List<T> grown = list.isEmpty() ? new ArrayList<>(2) : list;
        grown.add(element);
        return grown;
    }

    /** Returns the permit policies that apply. */
    public List<CompiledPolicy> permits() {
        return permits;
    }

    /** Returns the forbid policies that apply. */
    public List<CompiledPolicy> forbids() {
        return forbids;
    }

    /** Returns the policies that could not be evaluated. */
    public List<Fault> faults() {
        return faults;
    }
}
