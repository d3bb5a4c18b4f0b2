package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.LongValue;

/** How strongly the forms of expressions bind, from the weakest up (grammar). */
final class Precedence {

    static final int IF = 0;
    static final int OR = 1;
    static final int AND = 2;
    static final int RELATION = 3;
    static final int ADD = 4;
    static final int MULTIPLY = 5;
    static final int UNARY = 6;
    static final int MEMBER = 7;
    static final int PARENTHESES = 8;

    private Precedence() {}

    static int of(Expr expr) {
        if (expr instanceof Expr.If) {
            return IF;
        }
        if (expr instanceof Expr.Or) {
            return OR;
        }
        if (expr instanceof Expr.And) {
            return AND;
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            return arithmetic.rest().get(0).operator() == ArithmeticOperator.MULTIPLY ? MULTIPLY : ADD;
        }
        if (expr instanceof Expr.Not || expr instanceof Expr.Negate || isNegative(expr)) {
            return UNARY;
        }
        return isRelation(expr) ? RELATION : MEMBER;
    }

    private static boolean isNegative(Expr expr) {
        return expr instanceof Expr.Literal literal
                && literal.value() instanceof LongValue number
                && number.value() < 0;
    }

    private static boolean isRelation(Expr expr) {
        return expr instanceof Expr.Has
                || expr instanceof Expr.Like
                || expr instanceof Expr.Is
                || expr instanceof Expr.IsIn
                || (expr instanceof Expr.Binary binary && !binary.operator().isMethod());
    }
}
