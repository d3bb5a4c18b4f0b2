package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the type of an expression in one environment, by the rules of the strict mode (cedar-spec, {@code Validation/Typechecker.lean}).
 *
 * <p>What is never evaluated, since something before it is always true or always false, is not checked.
 */
final class TypeChecker {

    private final Schema schema;
    private final Environment environment;
    private final Trace trace;
    private final RelationTypes relations;
    private final AccessTypes accesses;

    TypeChecker(Schema schema, Environment environment, Trace trace) {
        this.schema = schema;
        this.environment = environment;
        this.trace = trace;
        this.relations = new RelationTypes(schema, this, trace);
        this.accesses = new AccessTypes(schema, trace);
    }

    /** Returns the type, given what is known to be there; or throws. */
    Typed check(Expr expr, Known known) {
        if (expr instanceof Expr.Literal literal) {
            return Typed.of(literal(expr, literal.value()));
        }
        if (expr instanceof Expr.Var variable) {
            return Typed.of(variable(variable.name()));
        }
        if (expr instanceof Expr.And and) {
            return and(and.operands(), known);
        }
        if (expr instanceof Expr.Or or) {
            return or(or.operands(), known);
        }
        if (expr instanceof Expr.If choice) {
            return choice(choice, known);
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary, known);
        }
        if (expr instanceof Expr.GetAttribute get) {
            return Typed.of(accesses.attribute(get, check(get.target(), known).type(), known));
        }
        return expr instanceof Expr.Has has ? has(has, known) : simple(expr, known);
    }

    private CedarType literal(Expr expr, Value value) {
        if (value instanceof BoolValue bool) {
            return bool.asBoolean() ? Bool.TRUE : Bool.FALSE;
        }
        if (value instanceof LongValue) {
            return Primitive.LONG;
        }
        if (value instanceof StringValue) {
            return Primitive.STRING;
        }
        EntityUid uid = (EntityUid) value;
        if (!schema.entityTypes().containsKey(uid.type()) && !schema.actions().containsKey(uid)) {
            throw new TypeFault(expr, "nothing is declared that " + uid + " could be");
        }
        return new EntityOf(uid.type());
    }

    private CedarType variable(Variable variable) {
        return switch (variable) {
            case PRINCIPAL -> new EntityOf(environment.principal());
            case ACTION -> new EntityOf(environment.action().type());
            case RESOURCE -> new EntityOf(environment.resource());
            case CONTEXT -> environment.context();
        };
    }

    /** Returns an expression with the action in the place of its variable, since that is known. */
    Expr settled(Expr expr) {
        return expr instanceof Expr.Var variable && variable.name() == Variable.ACTION
                ? new Expr.Literal(environment.action())
                : expr;
    }

    private Bool bool(Expr expr, Typed typed) {
        if (typed.type() instanceof Bool bool) {
            return bool;
        }
        throw new TypeFault(expr, "expected Bool, found " + typed.type());
    }

    CedarType expect(Expr expr, Known known, CedarType wanted) {
        CedarType type = check(expr, known).type();
        if (!type.equals(wanted)) {
            throw new TypeFault(expr, "expected " + wanted + ", found " + type);
        }
        return type;
    }

    CedarType element(Expr expr, Known known) {
        CedarType type = check(expr, known).type();
        if (type instanceof SetOf set) {
            return set.element();
        }
        throw new TypeFault(expr, "expected a set, found " + type);
    }

    private Typed and(List<Expr> operands, Known known) {
        Typed left = check(operands.get(0), known);
        Bool result = bool(operands.get(0), left);
        Capability.Growing gained = new Capability.Growing(known, left.capabilities());
        for (Expr operand : operands.subList(1, operands.size())) {
            if (result == Bool.FALSE) {
                return Typed.of(Bool.FALSE);
            }
            Typed right = check(operand, gained.withKnown());
            Bool next = bool(operand, right);
            result = next == Bool.FALSE ? Bool.FALSE : next == Bool.TRUE ? result : Bool.ANY;
            gained.add(right.capabilities());
        }
        return result == Bool.FALSE ? Typed.of(Bool.FALSE) : new Typed(result, gained.gained());
    }

    private Typed or(List<Expr> operands, Known known) {
        Typed left = check(operands.get(0), known);
        bool(operands.get(0), left);
        for (Expr operand : operands.subList(1, operands.size())) {
            if (left.is(Bool.TRUE)) {
                return Typed.of(Bool.TRUE);
            }
            Typed right = check(operand, known);
            bool(operand, right);
            left = either(left, right);
        }
        return left.is(Bool.TRUE) ? Typed.of(Bool.TRUE) : left;
    }

    private static Typed either(Typed left, Typed right) {
        if (left.is(Bool.FALSE)) {
            return right;
        }
        if (right.is(Bool.TRUE)) {
            return Typed.of(Bool.TRUE);
        }
        return right.is(Bool.FALSE)
                ? left
                : new Typed(Bool.ANY, Capability.intersection(left.capabilities(), right.capabilities()));
    }

    private Typed choice(Expr.If choice, Known known) {
        Typed condition = check(choice.condition(), known);
        Bool truth = bool(choice.condition(), condition);
        if (truth == Bool.FALSE) {
            trace.skipped(choice.then());
            return check(choice.otherwise(), known);
        }
        Typed then = check(choice.then(), known.with(condition.capabilities()));
        Set<Capability> gained = Capability.union(condition.capabilities(), then.capabilities());
        if (truth == Bool.TRUE) {
            trace.skipped(choice.otherwise());
            return new Typed(then.type(), gained);
        }
        Typed otherwise = check(choice.otherwise(), known);
        return new Typed(
                joined(choice, then.type(), otherwise.type()),
                Capability.intersection(gained, otherwise.capabilities()));
    }

    CedarType joined(Expr expr, CedarType one, CedarType other) {
        CedarType joined = CedarType.join(one, other);
        if (joined == null) {
            throw new TypeFault(expr, "expected one type, found " + one + " and " + other);
        }
        return joined;
    }

    private Typed binary(Expr.Binary binary, Known known) {
        return switch (binary.operator()) {
            case HAS_TAG -> {
                Typed target = check(binary.left(), known);
                expect(binary.right(), known, Primitive.STRING);
                yield accesses.hasTag(binary, target, known);
            }
            case GET_TAG -> {
                Typed target = check(binary.left(), known);
                expect(binary.right(), known, Primitive.STRING);
                yield accesses.getTag(binary, target, known);
            }
            default -> Typed.of(relations.type(binary, known));
        };
    }

    /** {@code a has b.c} is {@code a has b && a.b has c}, but that {@code a} is checked once. */
    private Typed has(Expr.Has has, Known known) {
        Expr target = has.target();
        CedarType type = check(target, known).type();
        Capability.Growing gained = new Capability.Growing(known, Set.of());
        Bool result = Bool.TRUE;
        for (Iterator<String> path = has.path().iterator(); path.hasNext(); ) {
            String name = path.next();
            Typed step = accesses.has(has, target, type, name, gained.withKnown());
            if (step.is(Bool.FALSE)) {
                return Typed.of(Bool.FALSE);
            }
            result = step.is(Bool.TRUE) ? result : Bool.ANY;
            gained.add(step.capabilities());
            if (path.hasNext()) {
                Expr.GetAttribute next = new Expr.GetAttribute(target, name);
                type = accesses.attribute(next, type, gained.withKnown());
                target = next;
            }
        }
        return new Typed(result, gained.gained());
    }

    private Typed simple(Expr expr, Known known) {
        if (expr instanceof Expr.Not not) {
            Bool operand = bool(not.operand(), check(not.operand(), known));
            return Typed.of(operand == Bool.ANY ? Bool.ANY : operand == Bool.TRUE ? Bool.FALSE : Bool.TRUE);
        }
        if (expr instanceof Expr.Negate negate) {
            return Typed.of(expect(negate.operand(), known, Primitive.LONG));
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            arithmetic.rest().forEach(step -> expect(step.operand(), known, Primitive.LONG));
            return Typed.of(expect(arithmetic.first(), known, Primitive.LONG));
        }
        if (expr instanceof Expr.Like like) {
            expect(like.target(), known, Primitive.STRING);
            return Typed.of(Bool.ANY);
        }
        if (expr instanceof Expr.IsEmpty isEmpty) {
            element(isEmpty.operand(), known);
            return Typed.of(Bool.ANY);
        }
        return typeOrCollection(expr, known);
    }

    private Typed typeOrCollection(Expr expr, Known known) {
        if (expr instanceof Expr.Is is) {
            return Typed.of(relations.is(is.target(), is.type(), known));
        }
        if (expr instanceof Expr.IsIn isIn) {
            return Typed.of(relations.isIn(isIn, known));
        }
        if (expr instanceof Expr.SetOf set) {
            return Typed.of(set(set, known));
        }
        if (expr instanceof Expr.RecordOf record) {
            Map<String, Attribute> attributes = new HashMap<>();
            record.members()
                    .forEach((name, member) -> attributes.put(
                            name, new Attribute(check(member, known).type(), true)));
            return Typed.of(new RecordOf(attributes));
        }
        return Typed.of(CallTypes.type((Expr.Call) expr, this, known));
    }

    private CedarType set(Expr.SetOf set, Known known) {
        if (set.elements().isEmpty()) {
            throw new TypeFault(set, "the type of an empty set is not known; strict validation refuses it");
        }
        CedarType element = check(set.elements().get(0), known).type();
        for (Expr other : set.elements().subList(1, set.elements().size())) {
            element = joined(set, element, check(other, known).type());
        }
        return new SetOf(element);
    }
}
