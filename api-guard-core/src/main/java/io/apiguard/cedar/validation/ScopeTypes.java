package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scope of a policy can match: a scope can never fail to be evaluated, so this is all there is to its type. */
final class ScopeTypes {

    private final Schema schema;
    private final Policy policy;
    private final Set<EntityUid> actions;

    ScopeTypes(Schema schema, Policy policy) {
        this.schema = schema;
        this.policy = policy;
        this.actions = actions(policy.action()).collect(Collectors.toSet());
    }

    boolean isPrincipal(EntityType type) {
        return canBe(type, policy.principal());
    }

    boolean isResource(EntityType type) {
        return canBe(type, policy.resource());
    }

    private boolean canBe(EntityType type, Scope scope) {
        if (scope instanceof Scope.Equal equal) {
            return !(equal.entity() instanceof EntityReference.Named named)
                    || named.uid().type().equals(type);
        }
        if (scope instanceof Scope.In in) {
            return canBeIn(type, in.entity());
        }
        if (scope instanceof Scope.Is is) {
            return is.type().equals(type);
        }
        return !(scope instanceof Scope.IsIn isIn) || (isIn.type().equals(type) && canBeIn(type, isIn.entity()));
    }

    private boolean canBeIn(EntityType type, EntityReference group) {
        return !(group instanceof EntityReference.Named named)
                || schema.canBeIn(type, named.uid().type());
    }

    /** An action is in few others, or in none, and the list can be long. */
    boolean isAction(EntityUid action, Set<EntityUid> ancestors) {
        if (policy.action() instanceof Scope.Any || actions.contains(action)) {
            return true;
        }
        return !(policy.action() instanceof Scope.Equal)
                && !ancestors.isEmpty()
                && actions.stream().anyMatch(ancestors::contains);
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
