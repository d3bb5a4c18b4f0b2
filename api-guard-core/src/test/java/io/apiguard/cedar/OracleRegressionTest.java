package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"-1.tags, 1.tags", "-0[\"a\"], 0.a", "-2.contains(3), 2.contains(3)"})
    void parse_minusBeforeANumberWithAccess_negatesWhatIsAccessed(String text, String accessed) {
        Expr negated = new Expr.Negate(CedarParser.expression(accessed));

        assertThat(CedarParser.expression(text)).isEqualTo(negated);
        assertThat(CedarParser.expression("-" + text)).isEqualTo(new Expr.Negate(negated));
        assertThat(CedarParser.expression(new Printer().print(negated))).isEqualTo(negated);
    }
}
