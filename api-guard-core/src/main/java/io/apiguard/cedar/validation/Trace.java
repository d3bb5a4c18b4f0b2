package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;

/** Is told what the type checker comes across. */
interface Trace {

    /** Takes no notice. */
    Trace NONE = new Trace() {};

    /**
     * The data of an entity are asked for: its attributes, its tags, or what it is in.
     *
     * @param by what asks
     * @param entity the entity
     */
    default void dereferenced(Expr by, Expr entity) {}

    /**
     * A branch is never evaluated.
     *
     * @param branch the branch
     */
    default void skipped(Expr branch) {}
}
