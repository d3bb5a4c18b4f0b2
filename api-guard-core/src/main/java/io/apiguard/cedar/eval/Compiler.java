package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.ArithmeticOperator;
import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.value.Value;
import java.util.Arrays;
import java.util.List;

/** Compiles expressions; what does not depend on request and entities is worked out here, unless it is a fault. */
final class Compiler {

    private Compiler() {}

    static Node compile(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return new Node.Constant(literal.value());
        }
        if (expr instanceof Expr.Var variable) {
            return VariableNodes.of(variable.name());
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary);
        }
        if (expr instanceof Expr.GetAttribute get) {
            return new AccessNodes.GetAttribute(compile(get.target()), get.name());
        }
        if (expr instanceof Expr.Has has) {
            return new AccessNodes.Has(compile(has.target()), has.path().toArray(String[]::new));
        }
        if (expr instanceof Expr.IsIn isIn) {
            return new RelationNodes.IsIn(compile(isIn.target()), isIn.type(), compile(isIn.group()));
        }
        return foldable(expr);
    }

    /** Returns the node of an expression that is constant if all its parts are. */
    private static Node foldable(Expr expr) {
        if (expr instanceof Expr.And and) {
            Node[] operands = all(and.operands());
            return folded(new LogicNodes.And(operands), operands);
        }
        if (expr instanceof Expr.Or or) {
            Node[] operands = all(or.operands());
            return folded(new LogicNodes.Or(operands), operands);
        }
        if (expr instanceof Expr.SetOf set) {
            Node[] elements = all(set.elements());
            return folded(new CollectionNodes.SetOf(elements), elements);
        }
        if (expr instanceof Expr.RecordOf record) {
            Node[] values = all(List.copyOf(record.members().values()));
            String[] names = record.members().keySet().toArray(String[]::new);
            return folded(new CollectionNodes.RecordOf(names, values), values);
        }
        if (expr instanceof Expr.Call call) {
            Node[] arguments = all(call.arguments());
            return folded(new CallNode(call.function(), arguments), arguments);
        }
        return expr instanceof Expr.Arithmetic arithmetic ? arithmetic(arithmetic) : simple(expr);
    }

    private static Node simple(Expr expr) {
        if (expr instanceof Expr.If choice) {
            Node condition = compile(choice.condition());
            Node then = compile(choice.then());
            Node otherwise = compile(choice.otherwise());
            return folded(new LogicNodes.If(condition, then, otherwise), condition, then, otherwise);
        }
        if (expr instanceof Expr.Not not) {
            Node operand = compile(not.operand());
            return folded(new LogicNodes.Not(operand), operand);
        }
        if (expr instanceof Expr.Negate negate) {
            Node operand = compile(negate.operand());
            return folded(new ArithmeticNodes.Negate(operand), operand);
        }
        if (expr instanceof Expr.Like like) {
            Node target = compile(like.target());
            return folded(new RelationNodes.Like(target, like.pattern()), target);
        }
        if (expr instanceof Expr.Is is) {
            Node target = compile(is.target());
            return folded(new RelationNodes.Is(target, is.type()), target);
        }
        if (expr instanceof Expr.IsEmpty isEmpty) {
            Node set = compile(isEmpty.operand());
            return folded(new CollectionNodes.IsEmpty(set), set);
        }
        throw new IllegalStateException("an expression that is not known: " + expr.getClass());
    }

    private static Node arithmetic(Expr.Arithmetic arithmetic) {
        Node first = compile(arithmetic.first());
        ArithmeticOperator[] operators =
                arithmetic.rest().stream().map(Expr.Step::operator).toArray(ArithmeticOperator[]::new);
        Node[] operands = all(arithmetic.rest().stream().map(Expr.Step::operand).toList());
        Node chain = new ArithmeticNodes.Chain(first, operators, operands);
        return first.isConstant() ? folded(chain, operands) : chain;
    }

    private static Node binary(Expr.Binary binary) {
        Node left = compile(binary.left());
        Node right = compile(binary.right());
        BinaryOperator operator = binary.operator();
        return switch (operator) {
            case EQUAL, NOT_EQUAL ->
                folded(new RelationNodes.Equal(left, right, operator == BinaryOperator.EQUAL), left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                folded(new RelationNodes.Compare(operator, left, right), left, right);
            case IN ->
                right instanceof CollectionNodes.SetOf set
                        ? new RelationNodes.InList(left, set.elements)
                        : new RelationNodes.In(left, right);
            case CONTAINS -> folded(new CollectionNodes.Contains(left, right), left, right);
            case CONTAINS_ALL, CONTAINS_ANY ->
                folded(new CollectionNodes.ContainsOther(operator, left, right), left, right);
            case HAS_TAG, GET_TAG -> new AccessNodes.Tag(left, right, operator == BinaryOperator.GET_TAG);
        };
    }

    private static Node[] all(List<Expr> exprs) {
        return exprs.stream().map(Compiler::compile).toArray(Node[]::new);
    }

    private static Node folded(Node node, Node... parts) {
        if (!Arrays.stream(parts).allMatch(Node::isConstant)) {
            return node;
        }
        Value value = node.eval(Constants.nothing());
        return value == null ? node : new Node.Constant(value);
    }
}
