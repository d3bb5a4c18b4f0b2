package io.apiguard.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authz.AccessDecision.AuthenticationRequired;
import io.apiguard.authz.AccessDecision.CheckFailed;
import io.apiguard.authz.AccessDecision.Forbidden;
import io.apiguard.authz.AccessDecision.InsufficientScope;
import io.apiguard.authz.AccessDecision.Permitted;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.AccessRule.NamedCheck;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizerTest {

    private static final ObjectReference ORDER = new ObjectReference("GET", "/orders/{id}", Map.of("id", "7"));

    private static final Identity ALICE = Identity.builder("alice", AuthenticationMethod.JWT)
            .scopes(Set.of("orders:read"))
            .roles(Set.of("clerk"))
            .build();

    @Test
    void decide_publicRule_permitsAnonymousAndKnown() {
        assertThat(Authorizer.decide(AccessRule.everyone(), null, () -> ORDER)).isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(AccessRule.everyone(), ALICE, () -> ORDER)).isInstanceOf(Permitted.class);
    }

    @Test
    void decide_deniedRule_refusesEveryone() {
        assertThat(Authorizer.decide(AccessRule.nobody(), null, () -> ORDER))
                .isEqualTo(new Forbidden("denied", "nobody may call this endpoint"));
        assertThat(Authorizer.decide(AccessRule.nobody(), ALICE, () -> ORDER)).isInstanceOf(Forbidden.class);
    }

    @Test
    void decide_authenticatedRuleWithoutIdentity_asksForAuthentication() {
        assertThat(Authorizer.decide(AccessRule.authenticated(), null, () -> ORDER))
                .isInstanceOf(AuthenticationRequired.class);
        assertThat(Authorizer.decide(AccessRule.authenticated(), ALICE, () -> ORDER))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void decide_scopeMissing_namesRequiredAndMissing() {
        AccessRule rule = AccessRule.scopes(Set.of("orders:read", "orders:write"));

        assertThat(Authorizer.decide(rule, ALICE, () -> ORDER))
                .isEqualTo(new InsufficientScope(Set.of("orders:read", "orders:write"), Set.of("orders:write")));
        assertThat(Authorizer.decide(AccessRule.scopes(Set.of("orders:read")), ALICE, () -> ORDER))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void decide_severalRoleDemands_eachMustBeMet() {
        AccessRule one = new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(Set.of("clerk", "boss")), List.of());
        AccessRule two = one.and(new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(Set.of("boss")), List.of()));

        assertThat(Authorizer.decide(one, ALICE, () -> ORDER)).isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(two, ALICE, () -> ORDER))
                .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.reason())
                        .isEqualTo("role"));
    }

    @Test
    void decide_objectCheck_decidesByItsAnswer() {
        assertThat(Authorizer.decide(
                        checked((who, object) ->
                                object.pathParameter("id").orElseThrow().equals("7")),
                        ALICE,
                        () -> ORDER))
                .isInstanceOf(Permitted.class);
        assertThat(Authorizer.decide(checked((who, object) -> false), ALICE, () -> ORDER))
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
                        () -> ORDER))
                .isEqualTo(new CheckFailed("owner", failure));
    }

    @Test
    void decide_objectCheckAndMissingScope_neverAsksTheCheck() {
        AccessRule rule = checked((who, object) -> {
            throw new AssertionError("asked");
        });

        assertThat(Authorizer.decide(rule.and(AccessRule.scopes(Set.of("other"))), ALICE, () -> ORDER))
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
}
