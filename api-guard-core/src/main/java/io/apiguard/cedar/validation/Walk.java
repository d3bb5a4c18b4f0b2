package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Goes over all parts of an expression. */
final class Walk {

    private Walk() {}

    static void over(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        parts(expr).forEach(part -> over(part, visitor));
    }

    private static List<Expr> parts(Expr expr) {
        if (expr instanceof Expr.And and) {
            return and.operands();
        }
        if (expr instanceof Expr.Or or) {
            return or.operands();
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            return Stream.concat(
                            Stream.of(arithmetic.first()),
                            arithmetic.rest().stream().map(Expr.Step::operand))
                    .toList();
        }
        if (expr instanceof Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (expr instanceof Expr.If choice) {
            return List.of(choice.condition(), choice.then(), choice.otherwise());
        }
        if (expr instanceof Expr.SetOf set) {
            return set.elements();
        }
        if (expr instanceof Expr.RecordOf record) {
            return List.copyOf(record.members().values());
        }
        return expr instanceof Expr.Call call ? call.arguments() : single(expr);
    }

    private static List<Expr> single(Expr expr) {
        if (expr instanceof Expr.Not not) {
            return List.of(not.operand());
        }
        if (expr instanceof Expr.Negate negate) {
            return List.of(negate.operand());
        }
        if (expr instanceof Expr.IsEmpty isEmpty) {
            return List.of(isEmpty.operand());
        }
        if (expr instanceof Expr.GetAttribute get) {
            return List.of(get.target());
        }
        if (expr instanceof Expr.Has has) {
            return List.of(has.target());
        }
        if (expr instanceof Expr.Like like) {
            return List.of(like.target());
        }
        if (expr instanceof Expr.Is is) {
            return List.of(is.target());
        }
        return expr instanceof Expr.IsIn isIn ? List.of(isIn.target(), isIn.group()) : List.of();
    }
}
