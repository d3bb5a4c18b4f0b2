package io.apiguard.cedar.eval;

import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** The operators that do not always evaluate all of their operands, and {@code !}. */
final class LogicNodes {

    private LogicNodes() {}

    static final class And extends Node.Test {

        private final Node[] operands;

        And(Node[] operands) {
            this.operands = operands;
        }

        @Override
        int test(Frame frame) {
            for (Node operand : operands) {
                int truth = operand.test(frame);
                if (truth != TRUE) {
                    return truth;
                }
            }
            return TRUE;
        }
    }

    static final class Or extends Node.Test {

        private final Node[] operands;

        Or(Node[] operands) {
            this.operands = operands;
        }

        @Override
        int test(Frame frame) {
            for (Node operand : operands) {
                int truth = operand.test(frame);
                if (truth != FALSE) {
                    return truth;
                }
            }
            return FALSE;
        }
    }

    static final class Not extends Node.Test {

        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        int test(Frame frame) {
            int truth = operand.test(frame);
            return truth == FAULT ? FAULT : truth(truth == FALSE);
        }
    }

    static final class If extends Node {

        private final Node condition;
        private final Node then;
        private final Node otherwise;

        If(Node condition, Node then, Node otherwise) {
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            int truth = condition.test(frame);
            return truth == FAULT ? null : (truth == TRUE ? then : otherwise).eval(frame);
        }

        @Override
        int test(Frame frame) {
            int truth = condition.test(frame);
            return truth == FAULT ? FAULT : (truth == TRUE ? then : otherwise).test(frame);
        }
    }
}
