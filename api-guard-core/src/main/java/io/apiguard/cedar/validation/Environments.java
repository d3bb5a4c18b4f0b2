package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of request that a policy has to be checked in. A schema can permit more of them than anybody could count, so they are never put down in
 * a list: left out are those that the scope does not match, and those that differ only in what the conditions do not name.
 *
 * <p>Of one policy and one thread.
 */
final class Environments {

    private final Schema schema;
    private final ScopeTypes scope;
    private final Set<Variable> named = EnumSet.noneOf(Variable.class);
    private final IdentityHashMap<Set<EntityType>, List<EntityType>> principals = new IdentityHashMap<>();
    private final IdentityHashMap<Set<EntityType>, List<EntityType>> resources = new IdentityHashMap<>();
    private int size;

    Environments(Schema schema, Policy policy) {
        this.schema = schema;
        this.scope = new ScopeTypes(schema, policy);
        policy.conditions().forEach(condition -> Walk.over(condition.body(), this::note));
    }

    /** An action that is written down can be that of the request, which makes a difference to the levels. */
    private void note(Expr expr) {
        size++;
        if (expr instanceof Expr.Var variable) {
            named.add(variable.name());
        } else if (expr instanceof Expr.Literal literal
                && literal.value() instanceof EntityUid uid
                && uid.type().isAction()) {
            named.add(Variable.ACTION);
        }
    }

    /** Returns how many expressions there are to check in each of them. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return all(environment -> false);
    }

    /** Goes through all of them, until the visitor returns false; returns whether it did not. */
    boolean all(Predicate<Environment> visitor) {
        Set<Same> visited = new HashSet<>();
        for (EntityUid action : schema.actions().keySet()) {
            ActionDefinition definition = schema.actions().get(action);
            if (definition != null
                    && scope.isAction(action, definition.ancestors())
                    && visited.add(same(action, definition))
                    && !all(action, definition, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** What actions have in common whose requests need not be told from each other. */
    private record Same(
            Identity principals,
            Identity resources,
            @Nullable Identity context,
            @Nullable EntityUid action) {}

    private Same same(EntityUid action, ActionDefinition definition) {
        return new Same(
                new Identity(definition.principals()),
                new Identity(definition.resources()),
                named.contains(Variable.CONTEXT) ? new Identity(definition.context()) : null,
                named.contains(Variable.ACTION) ? action : null);
    }

    /** An object that equals itself only. */
    private record Identity(Object of) {

        @Override
        @SuppressWarnings("ReferenceEquality") // what is equal and not the same is checked twice
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity that && of == that.of;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(of);
        }
    }

    private boolean all(EntityUid action, ActionDefinition definition, Predicate<Environment> visitor) {
        RecordOf context = definition.context();
        List<EntityType> matching = principals(definition);
        for (EntityType resource : resources(definition)) {
            for (EntityType principal : matching) {
                if (!visitor.test(new Environment(principal, action, resource, context))) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<EntityType> principals(ActionDefinition definition) {
        return principals.computeIfAbsent(
                definition.principals(), types -> matching(types, scope::isPrincipal, Variable.PRINCIPAL));
    }

    private List<EntityType> resources(ActionDefinition definition) {
        return resources.computeIfAbsent(
                definition.resources(), types -> matching(types, scope::isResource, Variable.RESOURCE));
    }

    /** One of them stands for all if nobody asks which it is. */
    private List<EntityType> matching(Set<EntityType> types, Predicate<EntityType> matches, Variable variable) {
        return types.stream()
                .filter(matches)
                .limit(named.contains(variable) ? Long.MAX_VALUE : 1)
                .toList();
    }
}
