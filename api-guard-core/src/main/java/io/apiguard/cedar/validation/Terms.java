package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Exprs;
import io.apiguard.cedar.value.LongValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Numbers expressions, equal ones alike: each is gone through once, and to compare two costs nothing, however large they are. Of one thread. */
final class Terms {

    private final IdentityHashMap<Expr, Integer> known = new IdentityHashMap<>();
    private final Map<Expr, Integer> numbers = new HashMap<>();

    int number(Expr expr) {
        Integer number = known.get(expr);
        if (number == null) {
            number = numbers.computeIfAbsent(shallow(expr), key -> numbers.size());
            known.put(expr, number);
        }
        return number;
    }

    /** Returns an expression with the numbers of its parts in their place. */
    private Expr shallow(Expr expr) {
        List<Expr> numerals = new ArrayList<>();
        for (Expr part : Exprs.parts(expr)) {
            numerals.add(new Expr.Literal(new LongValue(number(part))));
        }
        return numerals.isEmpty() ? expr : Exprs.withParts(expr, numerals);
    }
}
