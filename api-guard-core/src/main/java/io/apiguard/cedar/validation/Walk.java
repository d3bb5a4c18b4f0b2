package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Exprs;
import java.util.function.Consumer;

/** Goes over all parts of an expression. */
final class Walk {

    private Walk() {}

    static void over(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        Exprs.parts(expr).forEach(part -> over(part, visitor));
    }
}
