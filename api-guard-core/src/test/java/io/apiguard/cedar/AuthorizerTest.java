package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.cedar.Decision.Outcome;
import io.apiguard.cedar.Decision.PolicyError;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.entity.OverlayStore;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.RecordValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

    private static final String PERMIT = "permit(principal, action, resource);";
    private static final String FORBID = "forbid(principal, action, resource);";
    private static final String ERROR = " when { principal.missing };";
    private static final CedarRequest REQUEST = new CedarRequest(
            EntityUid.of("User", "alice"), EntityUid.of("Action", "view"), EntityUid.of("Doc", "d"), RecordValue.EMPTY);

    private static Decision decide(String policies) {
        return Authorizer.of(PolicySet.parse(policies)).decide(REQUEST, Entities.NONE);
    }

    @Test
    void decide_noPolicies_deniesSinceNothingPermits() {
        Decision decision = decide("");

        assertThat(decision.outcome()).isEqualTo(Outcome.NOTHING_PERMITS);
        assertThat(decision.isAllowed()).isFalse();
        assertThat(decision.reasons()).isEmpty();
        assertThat(decision.errors()).isEmpty();
    }

    @Test
    void decide_permits_namesAllThatPermit() {
        Decision decision = decide(PERMIT + PERMIT + "permit(principal == User::\"bob\", action, resource);");

        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.reasons()).containsExactlyInAnyOrder("policy0", "policy1");
    }

    @Test
    void decide_oneForbids_namesThoseThatForbidOnly() {
        Decision decision = decide(PERMIT + FORBID + PERMIT + FORBID);

        assertThat(decision.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(decision.isAllowed()).isFalse();
        assertThat(decision.reasons()).containsExactlyInAnyOrder("policy1", "policy3");
    }

    @Test
    void decide_forbiddenWithoutAnyPermit_isForbiddenNotMerelyUnpermitted() {
        assertThat(decide(FORBID).outcome()).isEqualTo(Outcome.FORBIDDEN);
    }

    @Test
    void decide_policyThatFails_isLeftOutAndNamed() {
        Decision decision = decide(PERMIT + "forbid(principal, action, resource)" + ERROR);

        assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(decision.errors()).extracting(PolicyError::policyId).containsExactly("policy1");
        assertThat(decision.errors()).extracting(PolicyError::kind).containsExactly(ErrorKind.ENTITY_MISSING);
        assertThat(decision.errors().get(0).detail()).isNotBlank();
        assertThat(decision.toString()).contains("ALLOWED", "policy0", "policy1");
    }

    @Test
    void decide_onlyFailures_denies() {
        Decision decision = decide("permit(principal, action, resource)" + ERROR);

        assertThat(decision.outcome()).isEqualTo(Outcome.NOTHING_PERMITS);
        assertThat(decision.errors()).hasSize(1);
    }

    @Test
    void decide_afterAForbid_stillNamesErrors() {
        assertThat(decide(FORBID + "permit(principal, action, resource)" + ERROR)
                        .errors())
                .hasSize(1);
    }

    @Test
    void decide_conditionThatEndsEarlier_hasNoError() {
        assertThat(decide("permit(principal, action, resource) when { false }" + ERROR)
                        .errors())
                .isEmpty();
        assertThat(decide("permit(principal, action, resource) unless { true }" + ERROR)
                        .errors())
                .isEmpty();
        assertThat(decide("permit(principal == User::\"bob\", action, resource)" + ERROR)
                        .errors())
                .isEmpty();
    }

    /** A store whose base is out of reach. */
    private static final EntityStore BROKEN = uid -> {
        throw new IllegalStateException("the database is down");
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forbid(principal, action, resource) when { principal.blocked };",
                "forbid(principal, action, resource) when { principal has blocked };",
                "forbid(principal, action, resource) when { resource.hasTag(\"a\") };",
                "forbid(principal, action, resource) when { principal in Group::\"a\" };",
                "forbid(principal, action, resource) when { principal in [Group::\"a\", Group::\"b\"] };",
                "forbid(principal, action, resource) when { Doc::\"x\".a == 1 };",
                "forbid(principal in Group::\"a\", action, resource);",
                "forbid(principal, action in [Action::\"a\", Action::\"b\"], resource);",
                "forbid(principal, action, resource is Doc in Doc::\"a\");"
            })
    void decide_storeThatFails_endsWithItsExceptionNotWithAPolicyError(String forbid) {
        Authorizer authorizer = Authorizer.of(PolicySet.parse(PERMIT + forbid));

        assertThatThrownBy(() -> authorizer.decide(REQUEST, BROKEN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the database is down");
        assertThatThrownBy(() -> authorizer.decide(REQUEST, OverlayStore.of(BROKEN, List.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decide_policiesThatNeedNoEntities_doNotAskTheStore() {
        assertThat(Authorizer.of(PolicySet.parse(PERMIT))
                        .decide(REQUEST, BROKEN)
                        .isAllowed())
                .isTrue();
    }
}
