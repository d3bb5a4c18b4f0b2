package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import java.util.HashSet;
import java.util.Set;

/**
 * An attribute or tag that is known to be there.
 *
 * @param target what has it
 * @param name its name: the literal of an attribute, any expression for a tag
 * @param tag whether it is a tag
 */
record Capability(Expr target, Expr name, boolean tag) {

    static Set<Capability> union(Set<Capability> one, Set<Capability> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Set<Capability> union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }

    static Set<Capability> intersection(Set<Capability> one, Set<Capability> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Set.of();
        }
        Set<Capability> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }
}
