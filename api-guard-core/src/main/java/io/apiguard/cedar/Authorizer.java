package io.apiguard.cedar;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.eval.CompiledPolicy;
import io.apiguard.cedar.eval.Frame;
import io.apiguard.cedar.eval.PolicyIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides requests by a policy set that was compiled once.
 *
 * <p>Deny by default; one policy that forbids outweighs all that permit; a policy that cannot be evaluated is left out and named. Immutable and
 * thread-safe.
 */
public final class Authorizer {

    private final PolicySet policies;
    private final List<CompiledPolicy> compiled;
    private final PolicyIndex index;

    private Authorizer(PolicySet policies, List<CompiledPolicy> compiled) {
        this.policies = policies;
        this.compiled = List.copyOf(compiled);
        this.index = new PolicyIndex(compiled);
    }

    /**
     * Compiles a policy set. Templates that are not linked take no part.
     *
     * @param policies any policy set
     */
    public static Authorizer of(PolicySet policies) {
        List<CompiledPolicy> compiled = new ArrayList<>();
        policies.policies().forEach((id, policy) -> compiled.add(new CompiledPolicy(id, policy)));
        return new Authorizer(policies, compiled);
    }

    /**
     * Decides a request. All policies that it can concern are evaluated, also after one that forbids: the answer names every reason and every
     * error.
     *
     * @param request the question
     * @param entities what is known of entities
     * @return the answer
     * @throws RuntimeException whatever the store throws; then there is no answer, and the request must be denied
     */
    public Decision decide(CedarRequest request, EntityStore entities) {
        return new Decision(index.evaluate(frame(request, entities)));
    }

    private static Frame frame(CedarRequest request, EntityStore entities) {
        if (!(entities instanceof Entities)) { // those have nothing to fetch
            entities.prepare(Mentioned.in(request));
        }
        return new Frame(request.principal(), request.action(), request.resource(), request.context(), entities);
    }

    /**
     * Decides a request, and tells of every policy which part of it decided whether it applies. For people who write policies, and not for every
     * request: it costs many times a decision.
     *
     * @param request the question
     * @param entities what is known of entities
     * @return the answer of {@link #decide}, and how each policy came to its part in it
     * @throws RuntimeException whatever the store throws
     */
    public Explanation explain(CedarRequest request, EntityStore entities) {
        Frame frame = frame(request, entities);
        Tracer tracer = new Tracer(policies, request, frame);
        return Explanation.of(
                new Decision(index.evaluate(frame)),
                compiled.stream().map(tracer::trace).toList());
    }
}
