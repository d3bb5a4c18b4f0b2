package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.partial.ResourceAnswer;
import io.apiguard.cedar.partial.ResourceQuery;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The answer for an unknown resource is, for each resource, what the authorizer decides. */
class ResidualTest {

    private static final EntityUid ALICE = EntityUid.of("User", "alice");
    private static final EntityUid VIEW = EntityUid.of("Action", "view");
    private static final EntityType DOC = new EntityType("Doc");

    @Property(tries = 3000)
    void ask_anyPolicies_agreesWithTheAuthorizerOnEveryResource(@ForAll long seed) {
        RandomCedar random = new RandomCedar(seed);
        PolicySet policies = random.policies(4);
        Entities entities = Entities.of(random.entities());
        CedarRequest request = random.request();
        EntityType type = request.resource().type();

        ResourceAnswer one = ResourceQuery.of(policies)
                .ask(request.principal(), request.action(), type, request.context(), entities);
        ResourceAnswer all = ResourceQuery.of(policies)
                .ask(request.principal(), request.action(), null, request.context(), entities);

        boolean allowed = Authorizer.of(policies).decide(request, entities).isAllowed();
        assertThat(isAllowed(one, request, entities)).isEqualTo(allowed);
        assertThat(isAllowed(all, request, entities)).isEqualTo(allowed);
    }

    private static boolean isAllowed(ResourceAnswer answer, CedarRequest request, Entities entities) {
        if (!(answer instanceof ResourceAnswer.Conditional conditional)) {
            return answer instanceof ResourceAnswer.All;
        }
        return conditional.permits().stream().anyMatch(expr -> isTrue(expr, request, entities))
                && conditional.forbids().stream().noneMatch(expr -> isTrue(expr, request, entities));
    }

    private static boolean isTrue(Expr expr, CedarRequest request, Entities entities) {
        Policy policy = new Policy(
                Effect.PERMIT,
                Map.of(),
                new Scope.Any(),
                new Scope.Any(),
                new Scope.Any(),
                List.of(new Condition(Condition.Kind.WHEN, expr)));
        return Authorizer.of(PolicySet.EMPTY.with("p", policy))
                .decide(request, entities)
                .isAllowed();
    }

    private static ResourceAnswer ask(String policies) {
        return ResourceQuery.of(PolicySet.parse(policies)).ask(ALICE, VIEW, DOC, RecordValue.EMPTY, Entities.NONE);
    }

    @Test
    void ask_nothingPermits_isNone() {
        assertThat(ask("permit(principal == User::\"bob\", action, resource);"))
                .isInstanceOf(ResourceAnswer.None.class);
        assertThat(ask("permit(principal, action, resource is Other);")).isInstanceOf(ResourceAnswer.None.class);
        assertThat(ask("permit(principal, action, resource) when { resource.a && 1 == 2 };"))
                .isInstanceOf(ResourceAnswer.None.class);
    }

    @Test
    void ask_forbiddenThroughout_isNone() {
        assertThat(ask("permit(principal, action, resource); forbid(principal, action, resource is Doc);"))
                .isInstanceOf(ResourceAnswer.None.class);
    }

    @Test
    void ask_permittedThroughout_isAll() {
        assertThat(ask("permit(principal, action, resource) when { resource is Doc };"))
                .isInstanceOf(ResourceAnswer.All.class);
    }

    @Test
    void ask_dependsOnAttributes_givesTheConditionWithAllElsePutIn() {
        assertThat(ask("permit(principal, action, resource) when { 1 < 2 && resource.owner == principal };"
                        + "forbid(principal, action, resource in Doc::\"secret\");"))
                .isEqualTo(new ResourceAnswer.Conditional(
                        List.of(CedarParser.expression("resource.owner == User::\"alice\"")),
                        List.of(CedarParser.expression("resource in Doc::\"secret\""))));
    }
}
