package io.apiguard.cedar.partial;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Exprs;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.eval.CompiledPolicy;
import io.apiguard.cedar.eval.Evaluation;
import io.apiguard.cedar.eval.Frame;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates policies as far as that goes without the resource. What is left over is true for a resource exactly if the policy applies to it, and
 * fails for it only if the policy does.
 */
final class Residuals {

    private static final Expr TRUE = new Expr.Literal(BoolValue.TRUE);
    private static final Expr FALSE = new Expr.Literal(BoolValue.FALSE);

    private final Frame frame;
    private final @Nullable EntityType type;
    private final IdentityHashMap<Value, Expr> written = new IdentityHashMap<>();

    /** The resource of the frame stands for nothing: only what does not name the resource is evaluated. */
    Residuals(
            EntityUid principal,
            EntityUid action,
            @Nullable EntityType type,
            RecordValue context,
            EntityStore entities) {
        this.frame = new Frame(principal, action, action, context, entities);
        this.type = type;
    }

    Expr of(Policy policy) {
        if (!isAbout(policy)) {
            return FALSE;
        }
        List<Expr> demands = new ArrayList<>(ResourceQuery.demands(policy.resource(), type));
        policy.conditions().forEach(condition -> demands.add(ResourceQuery.wanted(condition)));
        if (demands.isEmpty()) {
            return TRUE;
        }
        return reduced(demands.size() == 1 ? demands.get(0) : new Expr.And(demands));
    }

    private boolean isAbout(Policy policy) {
        Policy open =
                new Policy(policy.effect(), Map.of(), policy.principal(), policy.action(), new Scope.Any(), List.of());
        return new CompiledPolicy("", open).applies(frame);
    }

    /** Returns whether a condition cannot be true, whatever the resource: a part of it that must be is something else. */
    static boolean isNeverTrue(Expr expr) {
        if (expr instanceof Expr.And and) {
            return and.operands().stream().anyMatch(Residuals::isNeverTrue);
        }
        return expr instanceof Expr.Literal literal && literal.value() != BoolValue.TRUE;
    }

    private static boolean namesResource(Expr expr) {
        return (expr instanceof Expr.Var variable && variable.name() == Variable.RESOURCE)
                || Exprs.parts(expr).stream().anyMatch(Residuals::namesResource);
    }

    /** What the context has can be long, and be named often: it is written down once. */
    private Expr written(Value value) {
        return written.computeIfAbsent(value, Exprs::of);
    }

    /** Returns an expression with the same values and the same faults for every resource. */
    private Expr reduced(Expr expr) {
        if (!namesResource(expr)) {
            return Evaluation.evaluate(expr, frame).map(this::written).orElse(expr);
        }
        if (expr instanceof Expr.Is is && type != null && is.target() instanceof Expr.Var) {
            return is.type().equals(type) ? TRUE : FALSE;
        }
        if (expr instanceof Expr.And and) {
            return chain(expr, and.operands(), TRUE, FALSE);
        }
        if (expr instanceof Expr.Or or) {
            return chain(expr, or.operands(), FALSE, TRUE);
        }
        if (expr instanceof Expr.If choice) {
            Expr condition = reduced(choice.condition());
            return condition.equals(TRUE)
                    ? reduced(choice.then())
                    : condition.equals(FALSE)
                            ? reduced(choice.otherwise())
                            : new Expr.If(condition, reduced(choice.then()), reduced(choice.otherwise()));
        }
        return Exprs.withParts(
                expr, Exprs.parts(expr).stream().map(this::reduced).toList());
    }

    /** Leaves out operands that change nothing, and all that follow one that settles the result. */
    private Expr chain(Expr expr, List<Expr> operands, Expr neutral, Expr settling) {
        List<Expr> kept = new ArrayList<>();
        for (Expr operand : operands) {
            Expr reduced = reduced(operand);
            if (!reduced.equals(neutral)) {
                kept.add(reduced);
            }
            if (reduced.equals(settling)) {
                break;
            }
        }
        if (kept.isEmpty()) {
            return neutral;
        }
        if (kept.size() > 1) {
            return Exprs.withParts(expr, kept);
        }
        return isBoolean(kept.get(0)) ? kept.get(0) : Exprs.withParts(expr, List.of(neutral, kept.get(0)));
    }

    /** Returns whether an expression has a Boolean as its value whenever it has one; a chain of one must see to it. */
    private static boolean isBoolean(Expr expr) {
        return expr instanceof Expr.And
                || expr instanceof Expr.Or
                || expr instanceof Expr.Not
                || expr instanceof Expr.Has
                || expr instanceof Expr.Like
                || expr instanceof Expr.Is
                || expr instanceof Expr.IsIn
                || expr instanceof Expr.IsEmpty
                || (expr instanceof Expr.Literal literal && literal.value() instanceof BoolValue)
                || (expr instanceof Expr.Binary binary && binary.operator() != BinaryOperator.GET_TAG);
    }
}
