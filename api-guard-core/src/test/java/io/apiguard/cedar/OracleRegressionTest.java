package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import org.junit.jupiter.api.Test;

/** What {@code -Pcedar-oracle} found to differ from the reference, as the reference has it. */
class OracleRegressionTest {

    private static final String TWO_NAMESPACES = """
            entity User;
            action view appliesTo { principal: User, resource: User };
            namespace Shop {
              entity Order;
              action pay appliesTo { principal: User, resource: Order };
              action edit appliesTo { principal: User, resource: Order };
            }
            """;

    private static boolean isValid(String schema, String policies) {
        return Validator.of(Schema.of(SchemaParser.parse(schema))).validate(PolicySet.parse(policies)).stream()
                .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    @Test
    void validate_actionsOfTwoTypesInOneScope_isRefused() {
        assertThat(isValid(
                        TWO_NAMESPACES,
                        "permit(principal, action in [Action::\"view\", Shop::Action::\"pay\"], resource);"))
                .isFalse();
    }

    @Test
    void validate_actionsOfOneTypeInOneScope_isValid() {
        assertThat(isValid(
                        TWO_NAMESPACES,
                        "permit(principal, action in [Shop::Action::\"edit\", Shop::Action::\"pay\"], resource);"))
                .isTrue();
    }
}
