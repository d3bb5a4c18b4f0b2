package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.ArithmeticOperator;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** Whole numbers; what does not fit into 64 bits is a fault. */
final class ArithmeticNodes {

    private ArithmeticNodes() {}

    static final class Chain extends Node {

        private final Node first;
        private final ArithmeticOperator[] operators;
        private final Node[] operands;

        Chain(Node first, ArithmeticOperator[] operators, Node[] operands) {
            this.first = first;
            this.operators = operators;
            this.operands = operands;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            LongValue start = number(first, frame);
            if (start == null) {
                return null;
            }
            long result = start.value();
            for (int i = 0; i < operands.length; i++) {
                LongValue operand = number(operands[i], frame);
                if (operand == null) {
                    return null;
                }
                long before = result;
                result = apply(operators[i], before, operand.value());
                if (overflows(operators[i], before, operand.value(), result)) {
                    return frame.fail(ErrorKind.OVERFLOW, "the result does not fit into 64 bits");
                }
            }
            return new LongValue(result);
        }

        private static long apply(ArithmeticOperator operator, long a, long b) {
            return switch (operator) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
            };
        }

        private static boolean overflows(ArithmeticOperator operator, long a, long b, long result) {
            return switch (operator) {
                case ADD -> ((a ^ result) & (b ^ result)) < 0;
                case SUBTRACT -> ((a ^ b) & (a ^ result)) < 0;
                case MULTIPLY -> Math.multiplyHigh(a, b) != result >> 63;
            };
        }
    }

    static final class Negate extends Node {

        private final Node operand;

        Negate(Node operand) {
            this.operand = operand;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            LongValue value = number(operand, frame);
            if (value == null) {
                return null;
            }
            return value.value() == Long.MIN_VALUE
                    ? frame.fail(ErrorKind.OVERFLOW, "the result does not fit into 64 bits")
                    : new LongValue(-value.value());
        }
    }

    private static @Nullable LongValue number(Node node, Frame frame) {
        Value value = node.eval(frame);
        if (value instanceof LongValue number) {
            return number;
        }
        if (value != null) {
            frame.wrongType("Long", value);
        }
        return null;
    }
}
