package io.apiguard.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authz.AccessDecision.AuthenticationRequired;
import io.apiguard.authz.AccessDecision.BindingRequired;
import io.apiguard.authz.AccessDecision.CheckFailed;
import io.apiguard.authz.AccessDecision.Forbidden;
import io.apiguard.authz.AccessDecision.InsufficientAuthentication;
import io.apiguard.authz.AccessDecision.InsufficientScope;
import io.apiguard.authz.AccessDecision.Permitted;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.AccessRule.NamedCheck;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final ObjectReference ORDER = new ObjectReference("GET", "/orders/{id}", Map.of("id", "7"));

    private static final Identity ALICE = Identity.builder("alice", AuthenticationMethod.JWT)
            .scopes(Set.of("orders:read"))
            .roles(Set.of("clerk"))
            .build();

    @Test
    void decide_publicRule_permitsAnonymousAndKnown() {
        assertThat(Authorizer.decide(AccessRule.everyone(), null, () -> ORDER, CLOCK))
                .isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(AccessRule.everyone(), ALICE, () -> ORDER, CLOCK))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void decide_deniedRule_refusesEveryone() {
        assertThat(Authorizer.decide(AccessRule.nobody(), null, () -> ORDER, CLOCK))
                .isEqualTo(new Forbidden("denied", "nobody may call this endpoint"));
        assertThat(Authorizer.decide(AccessRule.nobody(), ALICE, () -> ORDER, CLOCK))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void decide_authenticatedRuleWithoutIdentity_asksForAuthentication() {
        assertThat(Authorizer.decide(AccessRule.authenticated(), null, () -> ORDER, CLOCK))
                .isInstanceOf(AuthenticationRequired.class);
        assertThat(Authorizer.decide(AccessRule.authenticated(), ALICE, () -> ORDER, CLOCK))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void decide_scopeMissing_namesRequiredAndMissing() {
        AccessRule rule = AccessRule.scopes(Set.of("orders:read", "orders:write"));

        assertThat(Authorizer.decide(rule, ALICE, () -> ORDER, CLOCK))
                .isEqualTo(new InsufficientScope(Set.of("orders:read", "orders:write"), Set.of("orders:write")));
        assertThat(Authorizer.decide(AccessRule.scopes(Set.of("orders:read")), ALICE, () -> ORDER, CLOCK))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void decide_severalRoleDemands_eachMustBeMet() {
        AccessRule one = new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(Set.of("clerk", "boss")), List.of());
        AccessRule two = one.and(new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(Set.of("boss")), List.of()));

        assertThat(Authorizer.decide(one, ALICE, () -> ORDER, CLOCK)).isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(two, ALICE, () -> ORDER, CLOCK))
                .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.reason())
                        .isEqualTo("role"));
    }

    @Test
    void decide_objectCheck_decidesByItsAnswer() {
        assertThat(Authorizer.decide(
                        checked((who, object) ->
                                object.pathParameter("id").orElseThrow().equals("7")),
                        ALICE,
                        () -> ORDER,
                        CLOCK))
                .isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(checked((who, object) -> false), ALICE, () -> ORDER, CLOCK))
                .isEqualTo(new Forbidden("object", "check 'owner' refused"));
    }

    @Test
    void decide_objectCheckThrows_refusesAsFailure() {
        IllegalStateException failure = new IllegalStateException("database down");

        assertThat(Authorizer.decide(
                        checked((who, object) -> {
                            throw failure;
                        }),
                        ALICE,
                        () -> ORDER,
                        CLOCK))
                .isEqualTo(new CheckFailed("owner", failure));
    }

    @Test
    void decide_objectCheckAndMissingScope_neverAsksTheCheck() {
        AccessRule rule = checked((who, object) -> {
            throw new AssertionError("asked");
        });

        assertThat(Authorizer.decide(rule.and(AccessRule.scopes(Set.of("other"))), ALICE, () -> ORDER, CLOCK))
                .isInstanceOf(InsufficientScope.class);
    }

    @Test
    void accessRule_publicWithDemands_isRefused() {
        assertThatThrownBy(() -> new AccessRule(Access.PUBLIC, Set.of("a"), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(Set.of()), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void and_publicAndDemands_keepsTheDemands() {
        assertThat(AccessRule.everyone().and(AccessRule.scopes(Set.of("a"))).access())
                .isEqualTo(Access.AUTHENTICATED);
        assertThat(AccessRule.nobody().and(AccessRule.everyone()).access()).isEqualTo(Access.DENIED);
    }

    private static AccessRule checked(ObjectCheck check) {
        return new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(), List.of(new NamedCheck("owner", check)));
    }

    // step-up (RFC 9470)

    private static AccessDecision stepUp(StepUp demand, Identity.Builder caller) {
        AccessRule rule = new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(), List.of(), demand);
        return Authorizer.decide(rule, caller.build(), () -> ORDER, CLOCK);
    }

    private static Identity.Builder bob() {
        return Identity.builder("bob", AuthenticationMethod.JWT);
    }

    @Test
    void decide_context_mustBeOneOfThoseDemanded() {
        StepUp demand = new StepUp(Set.of("phr", "phrh"), null, false);
        assertThat(stepUp(demand, bob())).isInstanceOf(InsufficientAuthentication.class);
        assertThat(stepUp(demand, bob().authenticationContext("pwd"))).isInstanceOf(InsufficientAuthentication.class);
        assertThat(stepUp(demand, bob().authenticationContext("phrh"))).isInstanceOf(Permitted.class);
    }

    @Test
    void decide_authenticationAge_countsToTheInstant() {
        StepUp demand = new StepUp(Set.of(), Duration.ofMinutes(5), false);
        Instant oldest = NOW.minus(Duration.ofMinutes(5));
        assertThat(stepUp(demand, bob())).isInstanceOf(InsufficientAuthentication.class);
        assertThat(stepUp(demand, bob().authenticatedAt(oldest.minusNanos(1))))
                .isInstanceOf(InsufficientAuthentication.class);
        assertThat(stepUp(demand, bob().authenticatedAt(oldest))).isInstanceOf(Permitted.class);
        assertThat(stepUp(demand, bob().authenticatedAt(NOW))).isInstanceOf(Permitted.class);
    }

    @Test
    void decide_boundOnly_takesTokensWithAConfirmationAndCertificates() {
        StepUp demand = new StepUp(Set.of(), null, true);
        assertThat(stepUp(demand, bob())).isInstanceOf(BindingRequired.class);
        assertThat(stepUp(demand, Identity.builder("bob", AuthenticationMethod.API_KEY)))
                .isInstanceOf(BindingRequired.class);
        assertThat(stepUp(demand, bob().confirmation(new Confirmation("thumbprint", null))))
                .isInstanceOf(Permitted.class);
        assertThat(stepUp(demand, Identity.builder("bob", AuthenticationMethod.MUTUAL_TLS)))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void and_stepUps_addUp() {
        StepUp both = new StepUp(Set.of("a", "b"), Duration.ofMinutes(5), false)
                .and(new StepUp(Set.of("b", "c"), Duration.ofMinutes(1), true));
        assertThat(both).isEqualTo(new StepUp(Set.of("b"), Duration.ofMinutes(1), true));
        assertThat(both.and(StepUp.none())).isEqualTo(both);
        assertThat(StepUp.none().and(both)).isEqualTo(both);
    }

    @Test
    void and_rulesThatNoCredentialMeetsBoth_letNobodyIn() {
        AccessRule one = new AccessRule(
                Access.AUTHENTICATED, Set.of(), List.of(), List.of(), new StepUp(Set.of("a"), null, false));
        AccessRule two = new AccessRule(
                Access.AUTHENTICATED, Set.of(), List.of(), List.of(), new StepUp(Set.of("b"), null, false));
        assertThat(one.and(two)).isEqualTo(AccessRule.nobody());
        assertThatThrownBy(() -> one.stepUp().and(two.stepUp())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stepUp_negativeAge_isRefused() {
        assertThatThrownBy(() -> new StepUp(Set.of(), Duration.ofSeconds(-1), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
