package io.apiguard.cedar.ast;

import io.apiguard.cedar.ast.Expr.Arithmetic;
import io.apiguard.cedar.ast.Expr.Step;
import io.apiguard.cedar.value.CedarException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps chains flat: {@code (a && b) && c} is {@code a && b && c}. */
final class Chains {

    private Chains() {}

    static <C extends Expr> List<Expr> joined(List<Expr> operands, Class<C> kind, Function<C, List<Expr>> within) {
        if (operands.size() < 2) {
            throw new CedarException("an operator needs two operands at least");
        }
        if (!kind.isInstance(operands.get(0))) {
            return List.copyOf(operands);
        }
        List<Expr> all = new ArrayList<>(within.apply(kind.cast(operands.get(0))));
        all.addAll(operands.subList(1, operands.size()));
        return List.copyOf(all);
    }

    static List<Step> joined(Expr first, List<Step> rest) {
        if (rest.isEmpty()) {
            throw new CedarException("an operator needs two operands at least");
        }
        if (!(first instanceof Arithmetic chain)
                || !chain.rest().get(0).operator().chainsWith(rest.get(0).operator())) {
            return List.copyOf(rest);
        }
        List<Step> all = new ArrayList<>(chain.rest());
        all.addAll(rest);
        return List.copyOf(all);
    }

    /** Returns what the chain begins with, given its steps as joined. */
    static Expr beginning(Expr first, List<Step> joined) {
        return first instanceof Arithmetic chain
                        && chain.rest()
                                .get(0)
                                .operator()
                                .chainsWith(joined.get(0).operator())
                ? chain.first()
                : first;
    }
}
