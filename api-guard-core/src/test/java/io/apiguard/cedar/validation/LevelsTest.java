package io.apiguard.cedar.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Cedar Policy Language Reference states on the page on levels, and more of the kind. */
class LevelsTest {

    private static final int MOST = 6;

    private static final Validator VALIDATOR = Validator.of(Schema.of(SchemaParser.parse("""
            entity Group;
            entity User in [Group] { manager: User, is_admin: Bool, info: { boss: User, name: String } } tags User;
            entity Doc in [Doc] { owner: User } tags Long;
            action readOnly;
            action view in readOnly appliesTo { principal: User, resource: Doc, context: { user: User, ok: Bool } };
            """)));

    private static List<Finding> findings(String condition, int level) {
        return VALIDATOR.validateLevel(
                PolicySet.parse("permit(principal, action, resource) when { " + condition + " };"), level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "principal is User # 0",
                "principal == User::\"a\" # 0",
                "action == Action::\"view\" # 0",
                "context.ok # 0",
                "context.user == principal # 0",
                "principal.is_admin # 1",
                "principal has manager && principal.manager == User::\"Ethel\" # 1",
                "principal in Group::\"admins\" # 1",
                "principal in resource.owner # 1",
                "principal is User in Group::\"admins\" # 1",
                "action in Action::\"readOnly\" # 1",
                "resource.hasTag(\"level\") && resource.getTag(\"level\") > 4 # 1",
                "context.user.is_admin # 1",
                "principal.hasTag(\"a\") # 1",
                "principal.hasTag(\"a\") && principal.getTag(\"a\") == principal # 1",
                "principal.info.name == \"x\" # 1",
                "principal has info.boss # 1",
                "(if context.ok then principal else context.user).is_admin # 1",
                "{a: principal, b: User::\"x\"}.a.is_admin # 1",
                "(if true then principal else User::\"x\").is_admin # 1",
                "resource.owner.is_admin # 2",
                "resource.owner in Group::\"admins\" # 2",
                "principal.info.boss.is_admin # 2",
                "principal has info.boss.is_admin # 2",
                "principal.hasTag(\"a\") && principal.getTag(\"a\").is_admin # 2",
                "(if context.ok then principal else principal.manager).is_admin # 2",
                "(if resource.owner.is_admin then principal else context.user).is_admin # 2",
                "[principal.manager.is_admin].contains(true) # 2",
                "principal.manager.manager.manager.is_admin # 4",
                "false && principal.manager.is_admin # 0",
                "true || principal.manager.is_admin # 0"
            })
    void validateLevel_anyPolicy_passesFromItsLevelOn(String condition, int needed) {
        for (int level = 0; level <= MOST; level++) {
            assertThat(Levels.errors(findings(condition, level)).isEmpty())
                    .as("level " + level)
                    .isEqualTo(level >= needed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "User::\"alice\".is_admin",
                "User::\"alice\" has manager",
                "Doc::\"d\" in resource",
                "User::\"alice\" in principal.manager",
                "User::\"alice\".manager.is_admin",
                "User::\"alice\".hasTag(\"a\")",
                "(if context.ok then principal else User::\"x\").is_admin",
                "{a: principal, b: User::\"x\"}.b.is_admin"
            })
    void validateLevel_dataOfAnEntityThePolicyNames_areThereAtNoLevel(String condition) {
        assertThat(findings(condition, 0)).isNotEmpty();
        assertThat(findings(condition, MOST)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.message()).contains("only the policy names");
            assertThat(finding.position()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "permit(principal, action, resource); # 0",
                "permit(principal == User::\"a\", action == Action::\"view\", resource is Doc); # 0",
                "permit(principal == ?principal, action, resource); # 0",
                "permit(principal in Group::\"a\", action, resource); # 1",
                "permit(principal in ?principal, action, resource); # 1",
                "permit(principal, action in Action::\"readOnly\", resource); # 1",
                "permit(principal, action in [Action::\"readOnly\"], resource); # 1",
                "permit(principal, action, resource is Doc in Doc::\"a\"); # 1"
            })
    void validateLevel_scope_needsLevelOneForIn(String policy, int needed) {
        PolicySet policies = PolicySet.parse(policy);

        assertThat(VALIDATOR.validateLevel(policies, 0).isEmpty()).isEqualTo(needed == 0);
        assertThat(VALIDATOR.validateLevel(policies, 1)).isEmpty();
    }

    @Test
    void validateLevel_tooFar_saysWhichLevelIsNeededAndWhere() {
        assertThat(findings("resource.owner.is_admin", 1))
                .extracting(Finding::toString)
                .containsExactly("policy0, line 1, column 44: the data of resource.owner need level 2, not 1");
    }

    @Test
    void validateLevel_otherErrors_areSaidAlone() {
        assertThat(findings("resource.owner.is_admin && 1 < true", 0))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("expected two of Long"));
    }

    @Test
    void validateLevel_negative_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> findings("true", -1));
    }
}
