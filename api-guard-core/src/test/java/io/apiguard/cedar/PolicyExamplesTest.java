package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The policies by which the Cedar Policy Language Reference explains scopes, conditions, templates and decisions, with what it states of
 * them: 27 rows of the pages on policies and operators, the detailed example of that on authorization, the one of that on templates, the
 * two errors of that on validation, and 20 expressions that it (or RFC 62 or RFC 80) says to be equivalent.
 *
 * <p>Left out: {@code action in PhotoFlashRole::"admin"}, whose type is that of no action, so that no implementation takes it, and
 * {@code timestamp(...)}, which is no function of the language. The group that the example of authorization names in two ways has one name.
 */
class PolicyExamplesTest {

    private static final Entities ENTITIES = Entities.of(EntitiesJson.entities("""
            [{"uid": {"type": "User", "id": "alice"},
              "parents": [{"type": "Group", "id": "alice_friends"}, {"type": "Group", "id": "family"}],
              "attrs": {"department": "HardwareEngineering", "jobLevel": 7, "numberOfLaptops": 4, "level": 6}},
             {"uid": {"type": "User", "id": "bob"}, "parents": [], "attrs": {"department": "HardwareEngineering", "jobLevel": 4,
              "numberOfLaptops": 5}},
             {"uid": {"type": "User", "id": "carol"}, "parents": [], "attrs": {}},
             {"uid": {"type": "Action", "id": "view"}, "parents": [{"type": "Action", "id": "readOnly"}], "attrs": {}},
             {"uid": {"type": "Album", "id": "alice_vacation"}, "parents": [], "attrs": {}},
             {"uid": {"type": "Photo", "id": "p"}, "parents": [{"type": "Album", "id": "alice_vacation"}],
              "attrs": {"owner": {"__entity": {"type": "User", "id": "alice"}}, "private": true, "tag": "private"}},
             {"uid": {"type": "Photo", "id": "q"}, "parents": [],
              "attrs": {"owner": {"__entity": {"type": "User", "id": "bob"}}, "private": false, "tag": "public"}}]"""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                // policy # principal # resource # whether it is satisfied
                "permit(principal, action, resource); # alice # p # true",
                "permit(principal == User::\"alice\", action, resource); # alice # p # true",
                "permit(principal == User::\"alice\", action, resource); # bob # p # false",
                "permit(principal in Group::\"alice_friends\", action, resource); # alice # p # true",
                "permit(principal in Group::\"alice_friends\", action, resource); # bob # p # false",
                "permit(principal, action == Action::\"view\", resource); # bob # p # true",
                "permit(principal, action == Action::\"edit\", resource); # bob # p # false",
                "permit(principal, action in [Action::\"listAlbums\", Action::\"listPhotos\", Action::\"view\"],"
                        + " resource); # bob # p # true",
                "permit(principal, action in Action::\"readOnly\", resource); # bob # p # true",
                "permit(principal, action, resource == Photo::\"p\"); # bob # p # true",
                "permit(principal, action, resource == Photo::\"p\"); # bob # q # false",
                "permit(principal, action, resource in Album::\"alice_vacation\"); # bob # p # true",
                "permit(principal, action, resource in Album::\"alice_vacation\"); # bob # q # false",
                "permit(principal, action, resource) when { resource.owner == principal }; # alice # p # true",
                "permit(principal, action, resource) when { resource.owner == principal }; # bob # p # false",
                "permit(principal, action, resource) unless { resource.owner == principal }; # alice # p # false",
                "permit(principal, action, resource) when { principal.department == \"HardwareEngineering\" &&"
                        + " principal.jobLevel >= 5 };"
                        + " # alice # p # true",
                "permit(principal, action, resource) when { principal.department == \"HardwareEngineering\" &&"
                        + " principal.jobLevel >= 5 };"
                        + " # bob # p # false",
                "permit(principal, action, resource) when { principal.department == \"HardwareEngineering\" &&"
                        + " principal.jobLevel >= 5 };"
                        + " # carol # p # error",
                "permit(principal, action, resource) when { principal.numberOfLaptops < 5 && principal.jobLevel > 6 }; #"
                        + " alice # p # true",
                "permit(principal, action, resource) when { if principal.numberOfLaptops < 5 then principal.jobLevel > 6"
                        + " else false };"
                        + " # bob # p # false",
                "permit(principal, action, resource) when { principal has level && principal.level > 5 }; # alice # p # true",
                "permit(principal, action, resource) when { principal has level && principal.level > 5 }; # bob # p # false",
                "permit(principal, action, resource) when { resource.owner == principal || resource.tag == \"public\" };"
                        + " # carol # q # true",
                "forbid(principal, action, resource) when { resource.private } unless { principal == resource.owner }; #"
                        + " bob # p # true",
                "forbid(principal, action, resource) when { resource.private } unless { principal == resource.owner }; #"
                        + " alice # p # false",
                "@advice(\"My advice\") @id(\"My ID\") forbid(principal, action, resource) unless { context.usedMFA }; #"
                        + " alice # p # true"
            })
    void decide_policyOfThePage_isSatisfiedAsDocumented(
            String policy, String principal, String resource, String satisfied) {
        Decision decision = decide(PolicySet.parse(policy), request(principal, resource));

        assertThat(decision.reasons()).hasSize(satisfied.equals("true") ? 1 : 0);
        assertThat(decision.errors()).hasSize(satisfied.equals("error") ? 1 : 0);
    }

    private static CedarRequest request(String principal, String resource) {
        return new CedarRequest(
                EntityUid.of("User", principal),
                EntityUid.of("Action", "view"),
                EntityUid.of("Photo", resource),
                EntitiesJson.context("{\"usedMFA\": false, \"budget\": 200, \"downloaded\": 50}"));
    }

    private static Decision decide(PolicySet policies, CedarRequest request) {
        return Authorizer.of(policies).decide(request, ENTITIES);
    }

    @Test
    void decide_detailedExampleOfAuthorization_isDeniedByTheThird() {
        PolicySet policies = PolicySet.parse("""
                permit (principal == User::"jane", action, resource == Photo::"vacation.jpg");
                permit (principal in Group::"kevinsFriends", action == Action::"viewPhoto", resource)
                when { resource.tags.contains("Holiday") };
                forbid (principal, action == Action::"viewPhoto", resource)
                when { resource.tags.contains("Private") } unless { principal == resource.owner };
                permit (principal, action == Action::"updateTags", resource) when { principal == resource.owner };""");
        CedarRequest request = new CedarRequest(
                EntityUid.of("User", "jane"),
                EntityUid.of("Action", "viewPhoto"),
                EntityUid.of("Photo", "vacation.jpg"),
                EntitiesJson.context("{}"));
        Entities entities = Entities.of(EntitiesJson.entities("""
                [{"uid": {"type": "User", "id": "jane"}, "attrs": {}, "parents": [{"type": "Group", "id": "kevinsFriends"}]},
                 {"uid": {"type": "Photo", "id": "vacation.jpg"}, "parents": [], "attrs": {"tags": ["Private", "Work"],
                  "owner": {"__entity": {"type": "User", "id": "kevin"}}}}]"""));

        Decision decision = Authorizer.of(policies).decide(request, entities);

        assertThat(decision.isAllowed()).isFalse();
        assertThat(decision.reasons()).containsExactly("policy2");
        assertThat(decision.errors()).isEmpty();
        assertThat(satisfied(policies, request, entities)).containsExactly("policy0", "policy2");
    }

    private static List<String> satisfied(PolicySet policies, CedarRequest request, Entities entities) {
        return Authorizer.of(policies).explain(request, entities).policies().stream()
                .filter(trace -> trace.cause() instanceof Explanation.Applies)
                .map(Explanation.PolicyTrace::policyId)
                .sorted()
                .toList();
    }

    @Test
    void link_templateOfThePage_isThePolicyStated() {
        PolicySet linked = PolicySet.parse("""
                        permit (principal in ?principal, action in [Action::"view", Action::"comment"], resource in ?resource)
                        unless { resource.tag == "private" };""")
                .link(
                        "policy0",
                        "shared",
                        Map.of(
                                Slot.PRINCIPAL,
                                EntityUid.of("UserGroup", "friendsAndFamily"),
                                Slot.RESOURCE,
                                EntityUid.of("Album", "vacationTrip")));

        assertThat(linked.policies())
                .containsOnly(Map.entry("shared", CedarParser.policy("""
                permit (principal in UserGroup::"friendsAndFamily", action in [Action::"view", Action::"comment"],
                  resource in Album::"vacationTrip")
                unless { resource.tag == "private" };""").policy()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "{\"firstName\": \"Rick\", \"jobLevel\": \"admin\"} # ATTRIBUTE_MISSING",
                "{\"name\": \"Rick\", \"jobLevel\": \"admin\"} # TYPE"
            })
    void decide_entityThatIsNotAsTheSchemaDemands_failsAsDocumented(String attributes, ErrorKind error) {
        PolicySet policies = PolicySet.parse(
                "permit(principal, action, resource) when { principal.name == \"superuser\" || principal.jobLevel > 8 };");
        Entities rick = Entities.of(EntitiesJson.entities(
                "[{\"uid\": {\"type\": \"User\", \"id\": \"Rick\"}, \"parents\": [], \"attrs\": " + attributes + "}]"));

        assertThat(Authorizer.of(policies).decide(request("Rick", "p"), rick).errors())
                .singleElement()
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(error));
    }

    @Test
    void decide_forbidUnless_isForbidWhenNot() {
        PolicySet when =
                PolicySet.parse("forbid(principal, action, resource) when { !(principal in Group::\"family\") };");
        PolicySet unless =
                PolicySet.parse("forbid(principal, action, resource) unless { principal in Group::\"family\" };");

        for (String principal : List.of("alice", "bob", "nobody")) {
            assertThat(decide(when, request(principal, "p")).reasons())
                    .isEqualTo(decide(unless, request(principal, "p")).reasons())
                    .hasSize(principal.equals("alice") ? 0 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "context has role && context.role.contains(\"admin\") # context has \"role\" && context.role.contains(\"admin\")",
                "User::\"alice\" in context.groups # User::\"alice\" in [Group::\"jane_family\", Group::\"jane_friends\"]",
                "User::\"bob\" in [Group::\"jane_family\", Group::\"jane_friends\"]"
                        + " # User::\"bob\" in Group::\"jane_family\" || User::\"bob\" in Group::\"jane_friends\"",
                "principal is User in Group::\"67890\" # principal is User && principal in Group::\"67890\"",
                "principal is Group in Group::\"67890\" # principal is Group && principal in Group::\"67890\"",
                "principal is User in [Group::\"67890\"] # principal is User && principal in [Group::\"67890\"]",
                "1 is User in Group::\"67890\" # 1 is User && 1 in Group::\"67890\"",
                "context has addr.city # context has addr && context.addr has city",
                "context has addr.country # context has addr && context.addr has country",
                "context has foo.bar # context has foo && context.foo has bar",
                "datetime(\"2024-10-15T11:35:00Z\").toTime()"
                        + " # datetime(\"2024-10-15T11:35:00Z\").durationSince(datetime(\"2024-10-15T11:35:00Z\").toDate())",
                "datetime(\"2024-10-14\").offset(datetime(\"2024-10-15\").durationSince(datetime(\"2024-10-14\")))"
                        + " # datetime(\"2024-10-15\")",
                "context.addr[\"city\"] # context[\"addr\"].city",
                "context.budget - context.downloaded > 100 # !(context.budget - context.downloaded <= 100)",
                "!(principal has age) || principal.age < 21 # if principal has age then principal.age < 21 else true",
                "context.addr != context.foo # !(context.addr == context.foo)"
            })
    void evaluate_expressionsSaidToBeEquivalent_areThat(String one, String other) {
        assertThat(Answers.of(one)).isEqualTo(Answers.of(other)).isNotEqualTo(Answers.REFUSED);
    }

    /** Whatever the operands are, a value, no Bool, or an error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "(%1$s) || (%2$s) # if %1$s then true else (if %2$s then true else false)",
                "(%1$s) && (%2$s) # if %1$s then (if %2$s then true else false) else false",
                "(%1$s) > (%2$s) # !((%1$s) <= (%2$s))",
                "(%1$s) >= (%2$s) # !((%1$s) < (%2$s))"
            })
    void evaluate_operatorAndItsDefinition_areEquivalent(String operator, String definition) {
        List<String> operands = List.of("true", "false", "3", "4", "9223372036854775807 + 1", "context.missing");
        for (String one : operands) {
            for (String other : operands) {
                Object answer = Answers.of(operator.formatted(one, other));
                assertThat(answer)
                        .as(one + ", " + other)
                        .isEqualTo(Answers.of(definition.formatted(one, other)))
                        .isNotEqualTo(Answers.REFUSED);
            }
        }
    }
}
