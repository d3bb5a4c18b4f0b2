package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets and records that are written down, and what is asked of sets. */
final class CollectionNodes {

    private CollectionNodes() {}

    static final class SetOf extends Node {

        final Node[] elements;

        SetOf(Node[] elements) {
            this.elements = elements;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            List<Value> values = new ArrayList<>(elements.length);
            for (Node element : elements) {
                Value value = element.eval(frame);
                if (value == null) {
                    return null;
                }
                values.add(value);
            }
            return SetValue.of(values);
        }
    }

    static final class RecordOf extends Node {

        private final String[] names;
        private final Node[] values;

        RecordOf(String[] names, Node[] values) {
            this.names = names;
            this.values = values;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            Map<String, Value> attributes = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                Value value = values[i].eval(frame);
                if (value == null) {
                    return null;
                }
                attributes.put(names[i], value);
            }
            return RecordValue.of(attributes);
        }
    }

    static final class Contains extends Node.Test {

        private final Node set;
        private final Node element;

        Contains(Node set, Node element) {
            this.set = set;
            this.element = element;
        }

        @Override
        int test(Frame frame) {
            SetValue values = set(set, frame);
            Value value = values == null ? null : element.eval(frame);
            return values == null || value == null ? FAULT : truth(values.contains(value));
        }
    }

    static final class ContainsOther extends Node.Test {

        private final BinaryOperator operator;
        private final Node left;
        private final Node right;

        ContainsOther(BinaryOperator operator, Node left, Node right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        int test(Frame frame) {
            SetValue one = set(left, frame);
            SetValue other = one == null ? null : set(right, frame);
            if (one == null || other == null) {
                return FAULT;
            }
            return truth(operator == BinaryOperator.CONTAINS_ALL ? one.containsAll(other) : one.containsAny(other));
        }
    }

    static final class IsEmpty extends Node.Test {

        private final Node set;

        IsEmpty(Node set) {
            this.set = set;
        }

        @Override
        int test(Frame frame) {
            SetValue values = set(set, frame);
            return values == null ? FAULT : truth(values.isEmpty());
        }
    }

    private static @Nullable SetValue set(Node node, Frame frame) {
        Value value = node.eval(frame);
        if (value instanceof SetValue set) {
            return set;
        }
        if (value != null) {
            frame.wrongType("Set", value);
        }
        return null;
    }
}
