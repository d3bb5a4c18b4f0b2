package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;

/** Ends the check of an expression from within; caught by the validator, so it carries no stack trace. */
final class TypeFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Expr expr;

    TypeFault(Expr expr, String detail) {
        super(detail, null, false, false);
        this.expr = expr;
    }

    Expr expr() {
        return expr;
    }
}
