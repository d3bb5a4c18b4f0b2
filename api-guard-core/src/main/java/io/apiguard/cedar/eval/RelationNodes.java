package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Pattern;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;

/** Equality, order, hierarchy, type and pattern. */
final class RelationNodes {

    private RelationNodes() {}

    static final class Equal extends Node.Test {

        private final Node left;
        private final Node right;
        private final boolean wanted;

        Equal(Node left, Node right, boolean wanted) {
            this.left = left;
            this.right = right;
            this.wanted = wanted;
        }

        @Override
        int test(Frame frame) {
            Value one = left.eval(frame);
            Value other = one == null ? null : right.eval(frame);
            return one == null || other == null ? FAULT : truth(one.equals(other) == wanted);
        }
    }

    static final class Compare extends Node.Test {

        private final BinaryOperator operator;
        private final Node left;
        private final Node right;

        Compare(BinaryOperator operator, Node left, Node right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        int test(Frame frame) {
            Value one = left.eval(frame);
            Value other = one == null ? null : right.eval(frame);
            if (one == null || other == null) {
                return FAULT;
            }
            if (one instanceof LongValue a && other instanceof LongValue b) {
                return truth(holds(Long.compare(a.value(), b.value())));
            }
            if (one instanceof DatetimeValue a && other instanceof DatetimeValue b) {
                return truth(holds(Long.compare(a.millis(), b.millis())));
            }
            if (one instanceof DurationValue a && other instanceof DurationValue b) {
                return truth(holds(Long.compare(a.millis(), b.millis())));
            }
            frame.fail(
                    ErrorKind.TYPE,
                    "expected two of Long, datetime or duration, found " + one.typeName() + " and " + other.typeName());
            return FAULT;
        }

        private boolean holds(int order) {
            return switch (operator) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                default -> order >= 0;
            };
        }
    }

    static final class In extends Node.Test {

        private final Node left;
        private final Node right;

        In(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        int test(Frame frame) {
            EntityUid uid = entity(left, frame);
            return uid == null ? FAULT : isIn(frame, uid, right);
        }
    }

    static int isIn(Frame frame, EntityUid uid, Node group) {
        Value value = group.eval(frame);
        if (value instanceof EntityUid other) {
            return Node.truth(frame.isIn(uid, other));
        }
        if (value instanceof SetValue set && set.isOfEntities()) {
            return Node.truth(isInAny(frame, uid, set));
        }
        if (value != null) {
            frame.wrongType("an entity, or a set of entities only", value);
        }
        return Node.FAULT;
    }

    private static boolean isInAny(Frame frame, EntityUid uid, SetValue set) {
        if (set.contains(uid)) {
            return true;
        }
        for (Value element : set.elements()) {
            if (frame.isIn(uid, (EntityUid) element)) {
                return true;
            }
        }
        return false;
    }

    /** {@code in} with a list that was written down, without making a set of it. All of it must be entities, also after one that matches. */
    static final class InList extends Node.Test {

        private final Node left;
        private final Node[] groups;

        InList(Node left, Node[] groups) {
            this.left = left;
            this.groups = groups;
        }

        @Override
        int test(Frame frame) {
            EntityUid uid = entity(left, frame);
            if (uid == null) {
                return FAULT;
            }
            boolean found = false;
            for (Node group : groups) {
                EntityUid other = entity(group, frame);
                if (other == null) {
                    return FAULT;
                }
                found = found || frame.isIn(uid, other);
            }
            return truth(found);
        }
    }

    static final class Is extends Node.Test {

        private final Node target;
        private final EntityType type;

        Is(Node target, EntityType type) {
            this.target = target;
            this.type = type;
        }

        @Override
        int test(Frame frame) {
            EntityUid uid = entity(target, frame);
            return uid == null ? FAULT : truth(uid.type().equals(type));
        }
    }

    static final class IsIn extends Node.Test {

        private final Node target;
        private final EntityType type;
        private final Node group;

        IsIn(Node target, EntityType type, Node group) {
            this.target = target;
            this.type = type;
            this.group = group;
        }

        @Override
        int test(Frame frame) {
            EntityUid uid = entity(target, frame);
            if (uid == null) {
                return FAULT;
            }
            return uid.type().equals(type) ? isIn(frame, uid, group) : FALSE;
        }
    }

    static final class Like extends Node.Test {

        private final Node target;
        private final Pattern pattern;

        Like(Node target, Pattern pattern) {
            this.target = target;
            this.pattern = pattern;
        }

        @Override
        int test(Frame frame) {
            Value value = target.eval(frame);
            if (value instanceof StringValue text) {
                return truth(pattern.matches(text.value()));
            }
            if (value != null) {
                frame.wrongType("String", value);
            }
            return FAULT;
        }
    }
}
