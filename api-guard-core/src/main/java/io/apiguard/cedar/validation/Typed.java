package io.apiguard.cedar.validation;

import io.apiguard.cedar.schema.CedarType;
import java.util.Set;

/**
 * The type of an expression, and what may be accessed once it was true.
 *
 * @param type the type
 * @param capabilities the attributes and tags that are there if the expression is true
 */
record Typed(CedarType type, Set<Capability> capabilities) {

    static Typed of(CedarType type) {
        return new Typed(type, Set.of());
    }

    boolean is(CedarType other) {
        return type == other;
    }
}
