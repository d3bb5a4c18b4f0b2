package io.apiguard.cedar;

import io.apiguard.cedar.Explanation.Applies;
import io.apiguard.cedar.Explanation.Cause;
import io.apiguard.cedar.Explanation.Choice;
import io.apiguard.cedar.Explanation.Failed;
import io.apiguard.cedar.Explanation.NotMet;
import io.apiguard.cedar.Explanation.OutOfScope;
import io.apiguard.cedar.Explanation.PolicyTrace;
import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.eval.CompiledPolicy;
import io.apiguard.cedar.eval.Evaluation;
import io.apiguard.cedar.eval.Frame;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates policies part by part, and notes which part decided. Of one thread. */
final class Tracer {

    private final PolicySet policies;
    private final CedarRequest request;
    private final Frame frame;

    Tracer(PolicySet policies, CedarRequest request, Frame frame) {
        this.policies = policies;
        this.request = request;
        this.frame = frame;
    }

    PolicyTrace trace(CompiledPolicy compiled) {
        PolicySet.Link link = policies.links().get(compiled.id());
        String templateId = link == null ? null : link.templateId();
        ParsedPolicy written = templateId == null
                ? policies.staticPolicies().get(compiled.id())
                : policies.templates().get(templateId);
        return trace(compiled, templateId, Objects.requireNonNull(written));
    }

    private PolicyTrace trace(CompiledPolicy compiled, @Nullable String templateId, ParsedPolicy written) {
        Policy policy = compiled.policy();
        return new PolicyTrace(
                compiled.id(),
                templateId,
                policy.effect(),
                policy.annotations(),
                written.positions().of(written.policy()),
                cause(compiled, written));
    }

    private Cause cause(CompiledPolicy compiled, ParsedPolicy written) {
        Variable part = compiled.mismatch(frame);
        if (part != null) {
            return outOfScope(part, compiled.policy(), written);
        }
        List<Condition> conditions = compiled.policy().conditions();
        for (int i = 0; i < conditions.size(); i++) {
            Cause cause = cause(conditions.get(i), i + 1, written);
            if (cause != null) {
                return cause;
            }
        }
        return new Applies();
    }

    /** A link has the positions of its template, whose scopes are others than its own. */
    private OutOfScope outOfScope(Variable part, Policy policy, ParsedPolicy written) {
        return new OutOfScope(
                part,
                new Printer().print(part, scope(part, policy)),
                found(part),
                written.positions().of(scope(part, written.policy())));
    }

    private static Scope scope(Variable part, Policy policy) {
        return switch (part) {
            case PRINCIPAL -> policy.principal();
            case ACTION -> policy.action();
            default -> policy.resource();
        };
    }

    private EntityUid found(Variable part) {
        return switch (part) {
            case PRINCIPAL -> request.principal();
            case ACTION -> request.action();
            default -> request.resource();
        };
    }

    /** Returns why a condition keeps its policy from applying; {@code null} if it does not. */
    private @Nullable Cause cause(Condition condition, int number, ParsedPolicy written) {
        Optional<Boolean> met = Evaluation.test(condition.body(), frame);
        if (met.isPresent() && met.get() == (condition.kind() == Condition.Kind.WHEN)) {
            return null;
        }
        Descent descent = new Descent(frame, written.positions());
        Expr term = descent.from(condition.body());
        Position position = written.positions().of(term);
        Optional<Boolean> outcome = Evaluation.test(term, frame);
        return outcome.isPresent()
                ? new NotMet(condition.kind(), number, descent.choices(), term, outcome.get(), position)
                : failed(condition.kind(), number, descent.choices(), term, position);
    }

    private Failed failed(
            Condition.Kind kind, int number, List<Choice> choices, Expr term, @Nullable Position position) {
        return new Failed(kind, number, choices, term, frame.errorKind(), frame.errorDetail(), position);
    }
}
