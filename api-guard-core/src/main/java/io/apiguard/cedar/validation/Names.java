package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.validation.Finding.Severity;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checks that need no types: everything that is named is declared, and there is an action that the scope can be about. */
final class Names {

    private final Schema schema;
    private final String id;
    private final Positions positions;
    private final List<Finding> findings = new ArrayList<>();

    Names(Schema schema, String id, Positions positions) {
        this.schema = schema;
        this.id = id;
        this.positions = positions;
    }

    List<Finding> check(Policy policy) {
        Stream.of(policy.principal(), policy.action(), policy.resource()).forEach(this::check);
        policy.conditions().forEach(condition -> Walk.over(condition.body(), this::check));
        if (findings.isEmpty() && new Environments(schema, policy).isEmpty()) {
            report(policy, "there is no action that applies to such a principal and such a resource");
        }
        return findings;
    }

    private void report(Object part, String message) {
        Position place = positions.of(part);
        findings.add(new Finding(id, Severity.ERROR, message, place));
    }

    private void check(Scope scope) {
        ScopeTypes.actions(scope).forEach(uid -> check(scope, uid));
        if (ScopeTypes.actions(scope).map(EntityUid::type).distinct().count() > 1) {
            report(scope, "the actions of a list must be of one type; write a policy for each type");
        }
        if (scope instanceof Scope.Is is) {
            check(scope, is.type());
        } else if (scope instanceof Scope.IsIn isIn) {
            check(scope, isIn.type());
            if (isIn.entity() instanceof EntityReference.Named named) {
                check(scope, named.uid());
            }
        }
    }

    private void check(Expr expr) {
        if (expr instanceof Expr.Literal literal && literal.value() instanceof EntityUid uid) {
            check(expr, uid);
        } else if (expr instanceof Expr.Is is) {
            check(expr, is.type());
        } else if (expr instanceof Expr.IsIn isIn) {
            check(expr, isIn.type());
        }
    }

    private void check(Object part, EntityType type) {
        if (!schema.knows(type)) {
            report(part, "the entity type " + type + " is not declared");
        }
    }

    private void check(Object part, EntityUid uid) {
        EntityDefinition definition = schema.entityTypes().get(uid.type());
        if (definition == null && !schema.actions().containsKey(uid)) {
            boolean action = uid.type().isAction();
            report(part, (action ? "the action " + uid : "the entity type " + uid.type()) + " is not declared");
        } else if (definition != null
                && definition.ids() != null
                && !definition.ids().contains(uid.id())) {
            report(part, uid + " is none of the ids that are declared");
        }
    }
}
