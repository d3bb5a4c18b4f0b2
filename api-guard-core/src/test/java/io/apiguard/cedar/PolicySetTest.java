package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySetTest {

    private static final EntityUid ALICE = EntityUid.of("User", "alice");
    private static final EntityUid BOB = EntityUid.of("User", "bob");
    private static final EntityUid DOC = EntityUid.of("Doc", "d");
    private static final Policy PLAIN =
            CedarParser.policy("permit(principal, action, resource);").policy();
    private static final Policy TEMPLATE = CedarParser.policy(
                    "permit(principal == ?principal, action, resource in ?resource);")
            .policy();
    private static final PolicySet SET = PolicySet.EMPTY
            .with("plain", PLAIN)
            .with("template", TEMPLATE)
            .link("template", "link", Map.of(Slot.PRINCIPAL, ALICE, Slot.RESOURCE, DOC));

    private static boolean isAllowed(PolicySet policies, EntityUid principal) {
        CedarRequest request = new CedarRequest(principal, EntityUid.of("Action", "view"), DOC, RecordValue.EMPTY);
        return Authorizer.of(policies).decide(request, Entities.NONE).isAllowed();
    }

    @Test
    void with_idThatIsTaken_isRefusedWhoeverHasIt() {
        for (String id : SET.policies().keySet()) {
            assertThatExceptionOfType(CedarException.class)
                    .isThrownBy(() -> SET.with(id, PLAIN))
                    .withMessage("the policy id '" + id + "' is taken");
        }
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> SET.with("template", TEMPLATE));
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> SET.link("template", "plain", Map.of(Slot.PRINCIPAL, BOB, Slot.RESOURCE, DOC)));
    }

    @Test
    void with_another_leavesTheSetAsItWas() {
        PolicySet more = SET.with("other", PLAIN);

        assertThat(SET.policies()).containsOnlyKeys("plain", "link");
        assertThat(more.policies()).containsOnlyKeys("plain", "other", "link");
        assertThat(SET.toBuilder().build().policies()).isEqualTo(SET.policies());
        assertThat(PolicySet.EMPTY.policies()).isEmpty();
    }

    @Test
    void link_unknownTemplate_isRefused() {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> SET.link("missing", "new", Map.of()))
                .withMessage("there is no template 'missing'");
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> SET.link("plain", "new", Map.of()));
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> SET.link("link", "new", Map.of()));
    }

    @Test
    void link_otherSlotsThanTheTemplateHas_isRefused() {
        PolicySet one = PolicySet.EMPTY.with(
                "t",
                CedarParser.policy("permit(principal in ?principal, action, resource);")
                        .policy());

        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> SET.link("template", "new", Map.of(Slot.PRINCIPAL, ALICE)))
                .withMessageContaining("?resource");
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> one.link("t", "new", Map.of()));
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> one.link("t", "new", Map.of(Slot.PRINCIPAL, ALICE, Slot.RESOURCE, DOC)));
    }

    @Test
    void policies_linkedTemplate_isThePolicyWithItsEntities() {
        assertThat(SET.policies().get("link"))
                .isEqualTo(CedarParser.policy("permit(principal == User::\"alice\", action, resource in Doc::\"d\");")
                        .policy());
        assertThat(SET.links().get("link"))
                .isEqualTo(new PolicySet.Link("template", Map.of(Slot.PRINCIPAL, ALICE, Slot.RESOURCE, DOC)));
    }

    @Test
    void decide_template_countsOnlyWhereItIsLinked() {
        PolicySet unlinked = PolicySet.EMPTY.with("template", TEMPLATE);
        PolicySet linked = unlinked.link("template", "link", Map.of(Slot.PRINCIPAL, ALICE, Slot.RESOURCE, DOC));

        assertThat(isAllowed(unlinked, ALICE)).isFalse();
        assertThat(isAllowed(linked, ALICE)).isTrue();
        assertThat(isAllowed(linked, BOB)).isFalse();
    }
}
