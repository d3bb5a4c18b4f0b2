package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.List;
import java.util.stream.Stream;

/** Whether a scope can match in one environment: a scope can never fail to be evaluated, so this is all there is to its type. */
final class ScopeTypes {

    private final Schema schema;
    private final Environment environment;

    ScopeTypes(Schema schema, Environment environment) {
        this.schema = schema;
        this.environment = environment;
    }

    Bool type(Policy policy) {
        List<Bool> parts = List.of(
                entity(policy.principal(), environment.principal()),
                action(policy.action()),
                entity(policy.resource(), environment.resource()));
        if (parts.contains(Bool.FALSE)) {
            return Bool.FALSE;
        }
        return parts.contains(Bool.ANY) ? Bool.ANY : Bool.TRUE;
    }

    private Bool entity(Scope scope, EntityType type) {
        if (scope instanceof Scope.Equal equal) {
            return possible(
                    equal.entity() instanceof EntityReference.Named named
                            ? named.uid().type().equals(type)
                            : true);
        }
        if (scope instanceof Scope.In in) {
            return possible(canBeIn(type, in.entity()));
        }
        if (scope instanceof Scope.Is is) {
            return is.type().equals(type) ? Bool.TRUE : Bool.FALSE;
        }
        return scope instanceof Scope.IsIn isIn
                ? possible(isIn.type().equals(type) && canBeIn(type, isIn.entity()))
                : Bool.TRUE;
    }

    private static Bool possible(boolean possible) {
        return possible ? Bool.ANY : Bool.FALSE;
    }

    private boolean canBeIn(EntityType type, EntityReference group) {
        return !(group instanceof EntityReference.Named named)
                || schema.canBeIn(type, named.uid().type());
    }

    private Bool action(Scope scope) {
        boolean matches = actions(scope)
                .anyMatch(action -> scope instanceof Scope.Equal
                        ? environment.action().equals(action)
                        : schema.isActionIn(environment.action(), action));
        return scope instanceof Scope.Any || matches ? Bool.TRUE : Bool.FALSE;
    }

    static Stream<EntityUid> actions(Scope scope) {
        if (scope instanceof Scope.InAny any) {
            return any.entities().stream();
        }
        EntityReference reference =
                scope instanceof Scope.Equal equal ? equal.entity() : scope instanceof Scope.In in ? in.entity() : null;
        return reference instanceof EntityReference.Named named ? Stream.of(named.uid()) : Stream.empty();
    }
}
