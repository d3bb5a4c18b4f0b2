package io.apiguard.cedar.eval;

import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable; evaluates to a value, or to a fault that the frame knows. */
abstract class Node {

    static final int FALSE = 0;
    static final int TRUE = 1;
    static final int FAULT = -1;

    /** Returns the value, or {@code null} after a fault. */
    abstract @Nullable Value eval(Frame frame);

    /** Returns {@link #TRUE}, {@link #FALSE}, or {@link #FAULT}, also if the value is neither of the two. */
    int test(Frame frame) {
        Value value = eval(frame);
        if (value == BoolValue.TRUE) {
            return TRUE;
        }
        if (value == BoolValue.FALSE) {
            return FALSE;
        }
        if (value != null) {
            frame.wrongType("Bool", value);
        }
        return FAULT;
    }

    /** Returns whether the value is the same in every frame. */
    boolean isConstant() {
        return false;
    }

    static int truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    static @Nullable Value value(int truth) {
        return truth == TRUE ? BoolValue.TRUE : truth == FALSE ? BoolValue.FALSE : null;
    }

    /** Returns the value as an entity, or {@code null} after a fault. */
    static @Nullable EntityUid entity(Node node, Frame frame) {
        Value value = node.eval(frame);
        if (value instanceof EntityUid uid) {
            return uid;
        }
        if (value != null) {
            frame.wrongType("an entity", value);
        }
        return null;
    }

    /** A node whose value is true or false. */
    abstract static class Test extends Node {

        @Override
        @Nullable Value eval(Frame frame) {
            return value(test(frame));
        }

        @Override
        abstract int test(Frame frame);
    }

    /** A value that was known when the policy was compiled. */
    static final class Constant extends Node {

        final Value value;

        Constant(Value value) {
            this.value = value;
        }

        @Override
        Value eval(Frame frame) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }
}
