package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.value.Value;
import java.util.Optional;

/** Evaluates single expressions, compiled for one use. Thread-safe. */
public final class Evaluation {

    private Evaluation() {}

    /**
     * Evaluates an expression.
     *
     * @param expr any expression
     * @param frame what it is evaluated against
     * @return the value; nothing after a fault, which the frame then knows
     */
    public static Optional<Value> evaluate(Expr expr, Frame frame) {
        return Optional.ofNullable(Compiler.compile(expr).eval(frame));
    }

    /**
     * Evaluates an expression that must be true or false.
     *
     * @param expr any expression
     * @param frame what it is evaluated against
     * @return which of the two; nothing after a fault, which the frame then knows, also if the value is neither
     */
    public static Optional<Boolean> test(Expr expr, Frame frame) {
        int truth = Compiler.compile(expr).test(frame);
        return truth == Node.FAULT ? Optional.empty() : Optional.of(truth == Node.TRUE);
    }
}
