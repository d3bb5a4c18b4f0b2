package io.apiguard.cedar.partial;

import io.apiguard.cedar.ast.Expr;
import java.util.List;

/** For which resources a request is allowed. */
public sealed interface ResourceAnswer {

    /** For every resource that was asked about. */
    record All() implements ResourceAnswer {}

    /** For none. */
    record None() implements ResourceAnswer {}

    /**
     * For some: those for which a permitting condition is true and no forbidding one is.
     *
     * <p>The conditions name the resource as {@code resource}; whatever else they could be told is already put in. One that cannot be evaluated
     * for a resource, since an attribute is missing, counts as not true, whichever list it is in: a query made of it must do the same.
     *
     * @param permits one at least
     * @param forbids perhaps none
     */
    record Conditional(List<Expr> permits, List<Expr> forbids) implements ResourceAnswer {

        /** Copies the lists. */
        public Conditional {
            permits = List.copyOf(permits);
            forbids = List.copyOf(forbids);
        }
    }
}
