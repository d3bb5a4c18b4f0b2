package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Extension;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of equality, order, hierarchy and what is asked of sets. */
final class RelationTypes {

    private final Schema schema;
    private final TypeChecker checker;
    private final Trace trace;

    RelationTypes(Schema schema, TypeChecker checker, Trace trace) {
        this.schema = schema;
        this.checker = checker;
        this.trace = trace;
    }

    Bool type(Expr.Binary binary, Known known) {
        return switch (binary.operator()) {
            case EQUAL -> equal(binary, known);
            case NOT_EQUAL -> {
                Bool equal = equal(binary, known);
                yield equal == Bool.ANY ? Bool.ANY : equal == Bool.TRUE ? Bool.FALSE : Bool.TRUE;
            }
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> order(binary, known);
            case IN -> in(binary, known);
            case CONTAINS -> {
                CedarType element = checker.element(binary.left(), known);
                checker.joined(
                        binary, element, checker.check(binary.right(), known).type());
                yield Bool.ANY;
            }
            default -> {
                CedarType element = checker.element(binary.left(), known);
                checker.joined(binary, element, checker.element(binary.right(), known));
                yield Bool.ANY;
            }
        };
    }

    private Bool equal(Expr.Binary binary, Known known) {
        CedarType left = checker.check(binary.left(), known).type();
        CedarType right = checker.check(binary.right(), known).type();
        if (checker.settled(binary.left()) instanceof Expr.Literal one
                && checker.settled(binary.right()) instanceof Expr.Literal other) {
            return one.equals(other) ? Bool.TRUE : Bool.FALSE;
        }
        if (CedarType.join(left, right) != null) {
            return Bool.ANY;
        }
        if (left instanceof EntityOf && right instanceof EntityOf) {
            return Bool.FALSE;
        }
        throw new TypeFault(binary, "two types that are never equal: " + left + " and " + right);
    }

    private Bool order(Expr.Binary binary, Known known) {
        CedarType left = checker.check(binary.left(), known).type();
        CedarType right = checker.check(binary.right(), known).type();
        if (left != right || !isOrdered(left)) {
            throw new TypeFault(binary, "expected two of Long, datetime or duration, found " + left + " and " + right);
        }
        return Bool.ANY;
    }

    private static boolean isOrdered(CedarType type) {
        return type == Primitive.LONG || type == Extension.DATETIME || type == Extension.DURATION;
    }

    private Bool in(Expr.Binary binary, Known known) {
        return in(binary, entity(binary.left(), known), known);
    }

    /** {@code a is T in b} is {@code a is T && a in b}, but that {@code a} is checked once. */
    Bool isIn(Expr.IsIn isIn, Known known) {
        EntityType left = entity(isIn.target(), known);
        return left.equals(isIn.type())
                ? in(new Expr.Binary(BinaryOperator.IN, isIn.target(), isIn.group()), left, known)
                : Bool.FALSE;
    }

    private Bool in(Expr.Binary binary, EntityType left, Known known) {
        CedarType right = checker.check(binary.right(), known).type();
        EntityType group = entity(binary.right(), right instanceof SetOf set ? set.element() : right);
        trace.dereferenced(binary, binary.left());
        EntityUid action = action(binary.left());
        List<EntityUid> groups = action == null ? null : literals(binary.right());
        if (action != null && groups != null) {
            return groups.stream().anyMatch(uid -> schema.isActionIn(action, uid)) ? Bool.TRUE : Bool.FALSE;
        }
        return schema.canBeIn(left, group) ? Bool.ANY : Bool.FALSE;
    }

    private EntityType entity(Expr expr, Known known) {
        return entity(expr, checker.check(expr, known).type());
    }

    private static EntityType entity(Expr expr, CedarType type) {
        if (type instanceof EntityOf entity) {
            return entity.type();
        }
        throw new TypeFault(expr, "expected an entity, or a set of entities right of 'in', found " + type);
    }

    private @Nullable EntityUid action(Expr expr) {
        return checker.settled(expr) instanceof Expr.Literal literal
                        && literal.value() instanceof EntityUid uid
                        && schema.actions().containsKey(uid)
                ? uid
                : null;
    }

    /** Returns the entities that an expression names, or {@code null} if it is not a literal or a list of them. */
    private @Nullable List<EntityUid> literals(Expr expr) {
        List<Expr> all = expr instanceof Expr.SetOf set ? set.elements() : List.of(expr);
        List<EntityUid> uids = new ArrayList<>();
        for (Expr element : all) {
            if (checker.settled(element) instanceof Expr.Literal literal && literal.value() instanceof EntityUid uid) {
                uids.add(uid);
            } else {
                return null;
            }
        }
        return uids;
    }

    Bool is(Expr target, EntityType type, Known known) {
        return entity(target, known).equals(type) ? Bool.TRUE : Bool.FALSE;
    }
}
