package io.apiguard.cedar;

import io.apiguard.cedar.Explanation.Choice;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.eval.Evaluation;
import io.apiguard.cedar.eval.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from a condition down to the smallest part that decided it. It leads through {@code &&} and {@code ||} where one operand decided,
 * through {@code !}, and through {@code if} into the branch that was taken. Of one thread, for one condition.
 */
final class Descent {

    private final Frame frame;
    private final Positions positions;
    private final List<Choice> choices = new ArrayList<>();

    Descent(Frame frame, Positions positions) {
        this.frame = frame;
        this.positions = positions;
    }

    /** Returns the part whose outcome, or its contrary under {@code !}, is that of the condition, or which failed as that did. */
    Expr from(Expr condition) {
        Expr part = condition;
        for (Expr next = within(part); next != null; next = within(part)) {
            part = next;
        }
        return part;
    }

    /** Returns which branches were taken on the way, the outermost first. */
    List<Choice> choices() {
        return choices;
    }

    private @Nullable Expr within(Expr expr) {
        if (expr instanceof Expr.And and) {
            return firstThatIsNot(true, and.operands());
        }
        if (expr instanceof Expr.Or or) {
            return firstThatIsNot(false, or.operands());
        }
        if (expr instanceof Expr.Not not) {
            return not.operand();
        }
        return expr instanceof Expr.If choice ? taken(choice) : null;
    }

    /** Where all operands are alike, none of them decided alone. */
    private @Nullable Expr firstThatIsNot(boolean neutral, List<Expr> operands) {
        for (Expr operand : operands) {
            if (!Evaluation.test(operand, frame).equals(Optional.of(neutral))) {
                return operand;
            }
        }
        return null;
    }

    private Expr taken(Expr.If choice) {
        Optional<Boolean> outcome = Evaluation.test(choice.condition(), frame);
        if (outcome.isEmpty()) {
            return choice.condition();
        }
        choices.add(new Choice(choice.condition(), outcome.get(), positions.of(choice.condition())));
        return outcome.get() ? choice.then() : choice.otherwise();
    }
}
