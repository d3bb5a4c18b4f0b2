package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Variable;
import org.jspecify.annotations.Nullable;

/** A policy, ready to be evaluated. Immutable and thread-safe. */
public final class CompiledPolicy {

    private final String id;
    private final Policy policy;
    private final boolean forbids;
    private final ScopeTest principal;
    private final ScopeTest action;
    private final ScopeTest resource;
    private final Node[] conditions;
    private final int[] wanted;

    /**
     * Compiles a policy.
     *
     * @param id its id
     * @param policy any policy without slots
     */
    public CompiledPolicy(String id, Policy policy) {
        this.id = id;
        this.policy = policy;
        this.forbids = policy.effect() == Effect.FORBID;
        this.principal = ScopeTest.of(policy.principal());
        this.action = ScopeTest.of(policy.action());
        this.resource = ScopeTest.of(policy.resource());
        this.conditions = new Node[policy.conditions().size()];
        this.wanted = new int[conditions.length];
        for (int i = 0; i < conditions.length; i++) {
            Condition condition = policy.conditions().get(i);
            conditions[i] = Compiler.compile(condition.body());
            wanted[i] = Node.truth(condition.kind() == Condition.Kind.WHEN);
        }
    }

    /** Returns the id. */
    public String id() {
        return id;
    }

    /** Returns what was compiled. */
    public Policy policy() {
        return policy;
    }

    /**
     * Returns whether the policy applies; not if it cannot be evaluated.
     *
     * @param frame the request
     */
    public boolean applies(Frame frame) {
        return evaluate(frame) == Node.TRUE;
    }

    /**
     * Returns the first part of the scope that does not match, or {@code null} if all do.
     *
     * @param frame the request
     */
    public @Nullable Variable mismatch(Frame frame) {
        if (!principal.matches(frame, frame.principal)) {
            return Variable.PRINCIPAL;
        }
        if (!action.matches(frame, frame.action)) {
            return Variable.ACTION;
        }
        return resource.matches(frame, frame.resource) ? null : Variable.RESOURCE;
    }

    boolean forbids() {
        return forbids;
    }

    ScopeTest principal() {
        return principal;
    }

    ScopeTest action() {
        return action;
    }

    ScopeTest resource() {
        return resource;
    }

    /** Scope first, which cannot fail, then the conditions in order; the first that is not as wanted ends it. */
    int evaluate(Frame frame) {
        if (!principal.matches(frame, frame.principal)
                || !action.matches(frame, frame.action)
                || !resource.matches(frame, frame.resource)) {
            return Node.FALSE;
        }
        for (int i = 0; i < conditions.length; i++) {
            int truth = conditions[i].test(frame);
            if (truth != wanted[i]) {
                return truth == Node.FAULT ? Node.FAULT : Node.FALSE;
            }
        }
        return Node.TRUE;
    }
}
