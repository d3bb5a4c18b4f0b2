package io.apiguard.cedar.partial;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy set for which resources somebody may do something, so that a list need not be fetched to be filtered.
 *
 * <pre>{@code
 * switch (ResourceQuery.of(policies).ask(alice, view, document, context, entities)) { ... }
 * }</pre>
 *
 * <p>The answer is exact: evaluated for a resource, it is what {@link io.apiguard.cedar.Authorizer} would decide. Immutable and thread-safe.
 */
public final class ResourceQuery {

    private final Collection<Policy> policies;

    private ResourceQuery(Collection<Policy> policies) {
        this.policies = policies;
    }

    /**
     * Returns a query.
     *
     * @param policies any policy set
     */
    public static ResourceQuery of(PolicySet policies) {
        return new ResourceQuery(List.copyOf(policies.policies().values()));
    }

    /**
     * Asks.
     *
     * @param principal who acts
     * @param action what is done
     * @param type the type of the resources; {@code null} for all types
     * @param context what else is known of the request
     * @param entities what is known of all entities but the resources
     * @return for which resources the request is allowed
     * @throws RuntimeException whatever the store throws
     */
    public ResourceAnswer ask(
            EntityUid principal,
            EntityUid action,
            @Nullable EntityType type,
            RecordValue context,
            EntityStore entities) {
        Residuals residuals = new Residuals(principal, action, type, context, entities);
        List<Expr> permits = new ArrayList<>();
        List<Expr> forbids = new ArrayList<>();
        for (Policy policy : policies) {
            Expr residual = residuals.of(policy);
            if (!Residuals.isNeverTrue(residual)) {
                (policy.effect() == Effect.PERMIT ? permits : forbids).add(residual);
            }
        }
        return answer(permits, forbids);
    }

    private static ResourceAnswer answer(List<Expr> permits, List<Expr> forbids) {
        Expr always = new Expr.Literal(BoolValue.TRUE);
        if (permits.isEmpty() || forbids.contains(always)) {
            return new ResourceAnswer.None();
        }
        return permits.contains(always) && forbids.isEmpty()
                ? new ResourceAnswer.All()
                : new ResourceAnswer.Conditional(permits, forbids);
    }

    /** Returns what the scope demands of the resource, as expressions that cannot fail; none if it demands nothing more. */
    static List<Expr> demands(Scope scope, @Nullable EntityType type) {
        Expr resource = new Expr.Var(Variable.RESOURCE);
        if (scope instanceof Scope.Equal equal) {
            return List.of(new Expr.Binary(BinaryOperator.EQUAL, resource, entity(equal.entity())));
        }
        if (scope instanceof Scope.In in) {
            return List.of(new Expr.Binary(BinaryOperator.IN, resource, entity(in.entity())));
        }
        if (scope instanceof Scope.Is is) {
            return type == null
                    ? List.of(new Expr.Is(resource, is.type()))
                    : isOfType(is.type().equals(type));
        }
        if (scope instanceof Scope.IsIn isIn) {
            Expr in = new Expr.Binary(BinaryOperator.IN, resource, entity(isIn.entity()));
            return type == null
                    ? List.of(new Expr.Is(resource, isIn.type()), in)
                    : isIn.type().equals(type) ? List.of(in) : isOfType(false);
        }
        return List.of();
    }

    private static List<Expr> isOfType(boolean same) {
        return same ? List.of() : List.of(new Expr.Literal(BoolValue.FALSE));
    }

    private static Expr entity(EntityReference reference) {
        return new Expr.Literal(((EntityReference.Named) reference).uid());
    }

    static Expr wanted(Condition condition) {
        return condition.kind() == Condition.Kind.WHEN ? condition.body() : new Expr.Not(condition.body());
    }
}
