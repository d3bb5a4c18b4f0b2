package io.apiguard.cedar.ast;

import java.util.Locale;

/**
 * What a policy demands beside its scope.
 *
 * @param kind whether the body must be true, or false
 * @param body an expression, which must be of type Bool when it is evaluated
 */
public record Condition(Kind kind, Expr body) {

    /** Whether the body of a condition must be true. */
    public enum Kind {
        /** The body must be true. */
        WHEN,
        /** The body must be false. */
        UNLESS;

        /** Returns the word of the language. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
