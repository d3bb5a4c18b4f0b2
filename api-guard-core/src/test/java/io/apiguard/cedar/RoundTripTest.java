package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.entity.OverlayStore;
import io.apiguard.cedar.eval.CompiledPolicy;
import io.apiguard.cedar.json.PolicyJson;
import io.apiguard.cedar.json.PolicySetJson;
import io.apiguard.cedar.parser.CedarParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written reads back as the same, and what is looked for through an index or an overlay is found as without. */
class RoundTripTest {

    @Property(tries = 2000)
    void print_anyPolicy_readsBackEqual(@ForAll long seed) {
        Policy policy = new RandomCedar(seed).policy(seed % 4 == 0);

        assertThat(CedarParser.policy(policy.toString()).policy()).isEqualTo(policy);
    }

    @Property(tries = 2000)
    void json_anyPolicy_readsBackEqual(@ForAll long seed) {
        Policy policy = new RandomCedar(seed).policy(seed % 4 == 0);

        assertThat(PolicyJson.read(PolicyJson.write(policy))).isEqualTo(policy);
    }

    @Property(tries = 500)
    void json_anyPolicySet_decidesTheSame(@ForAll long seed) {
        RandomCedar random = new RandomCedar(seed);
        PolicySet policies = random.policies(6);

        assertThat(PolicySetJson.read(PolicySetJson.write(policies)).policies()).isEqualTo(policies.policies());
    }

    @Property(tries = 2000)
    void index_anyRequest_answersAsOnePolicyAfterTheOther(@ForAll long seed) {
        RandomCedar random = new RandomCedar(seed);
        PolicySet policies = random.policies(20);
        Entities entities = Entities.of(random.entities());
        CedarRequest request = random.request();

        Decision decision = Authorizer.of(policies).decide(request, entities);

        List<String> reasons = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        policies.policies().forEach((id, policy) -> {
            Decision alone = Authorizer.of(PolicySet.EMPTY.with(id, policy)).decide(request, entities);
            reasons.addAll(alone.reasons());
            alone.errors().forEach(error -> errors.add(error.policyId()));
        });
        boolean forbidden = reasons.stream().anyMatch(id -> isForbid(policies, id));
        reasons.removeIf(id -> forbidden && !isForbid(policies, id));
        assertThat(decision.reasons()).containsExactlyInAnyOrderElementsOf(reasons);
        assertThat(decision.errors())
                .extracting(Decision.PolicyError::policyId)
                .containsExactlyInAnyOrderElementsOf(errors);
        assertThat(decision.isAllowed()).isEqualTo(!forbidden && !reasons.isEmpty());
    }

    private static boolean isForbid(PolicySet policies, String id) {
        return policies.policies().get(id).effect() == io.apiguard.cedar.ast.Effect.FORBID;
    }

    @Property(tries = 500)
    void overlay_newEntities_answersAsOneStoreWithAll(@ForAll long seed) {
        RandomCedar random = new RandomCedar(seed);
        List<Entity> all = new ArrayList<>(random.entities());
        all.sort(Comparator.comparing(Entity::uid));
        Set<Entity> top = Set.copyOf(all.stream()
                .filter(entity ->
                        all.stream().noneMatch(other -> other.parents().contains(entity.uid())))
                .toList());
        List<Entity> base = all.stream().filter(entity -> !top.contains(entity)).toList();
        PolicySet policies = random.policies(6);
        CedarRequest request = random.request();

        Decision layered = Authorizer.of(policies).decide(request, OverlayStore.of(Entities.of(base), top));

        assertThat(layered)
                .hasToString(Authorizer.of(policies)
                        .decide(request, Entities.of(all))
                        .toString());
    }

    @Property(tries = 200)
    void compile_anyPolicy_neverFails(@ForAll long seed) {
        assertThat(new CompiledPolicy("p", new RandomCedar(seed).policy(false)).id())
                .isEqualTo("p");
    }
}
