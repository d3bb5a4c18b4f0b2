package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scope demands of one part of the request, compiled: a type, entities to be or to be in, both or nothing. It cannot fail.
 *
 * @param type the type demanded, or {@code null}
 * @param groups one of these must be the entity or above it; {@code null} if that is not demanded
 * @param exact whether it must be one of them and not merely below
 */
record ScopeTest(@Nullable EntityType type, @Nullable List<EntityUid> groups, boolean exact) {

    static ScopeTest of(Scope scope) {
        if (scope instanceof Scope.Equal equal) {
            return new ScopeTest(null, List.of(named(equal.entity())), true);
        }
        if (scope instanceof Scope.In in) {
            return new ScopeTest(null, List.of(named(in.entity())), false);
        }
        if (scope instanceof Scope.InAny any) {
            return new ScopeTest(null, any.entities(), false);
        }
        if (scope instanceof Scope.Is is) {
            return new ScopeTest(is.type(), null, false);
        }
        return scope instanceof Scope.IsIn isIn
                ? new ScopeTest(isIn.type(), List.of(named(isIn.entity())), false)
                : new ScopeTest(null, null, false);
    }

    private static EntityUid named(EntityReference reference) {
        if (reference instanceof EntityReference.Named named) {
            return named.uid();
        }
        throw new IllegalArgumentException("a template is no policy before it is linked");
    }

    boolean isOpen() {
        return type == null && groups == null;
    }

    boolean matches(Frame frame, EntityUid uid) {
        if (type != null && !uid.type().equals(type)) {
            return false;
        }
        return groups == null || firstMatch(frame, uid, groups) != null;
    }

    /** Returns the first of the entities that another one is, or is in. */
    @Nullable EntityUid firstMatch(Frame frame, EntityUid uid, List<EntityUid> among) {
        for (int i = 0; i < among.size(); i++) {
            EntityUid group = among.get(i);
            if (exact ? uid.equals(group) : frame.isIn(uid, group)) {
                return group;
            }
        }
        return null;
    }
}
