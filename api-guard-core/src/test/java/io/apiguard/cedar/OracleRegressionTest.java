package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.json.SchemaJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.CedarException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entity A {in: Long};",
                "entity A {true: Long};",
                "entity A; action if;",
                "entity A; action a in [has]; action \"has\";",
                "entity A enum [\"a\",];",
                "entity A; entity B in [A,];",
                "action a in [b,]; action b;",
                "entity A; action a appliesTo {principal: [A,], resource: A};",
                "action a attributes {x: Long};",
                "entity Action;",
                "namespace N { entity Action; action a; }",
                "type T = Boolean;",
                "type T = __cedar::Boolean;",
                "entity A { x: Action };",
                "entity A in [Action]; action a;"
            })
    void schema_thatTheReferenceRefuses_isRefused(String text) {
        assertThatThrownBy(() -> Schema.of(SchemaParser.parse(text))).isInstanceOf(CedarException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entity A {\"in\": Long, __cedar: Long, principal: Long, entity: Long};",
                "action \"if\"; action a in [\"if\"];",
                "action a in [b] attributes {}; action b;",
                "entity A; action a appliesTo {principal: [A], resource: A,} attributes {};",
                "type Action = Long; type T = Action;",
                "entity A { x: Action, y: Set<Action> }; action a;",
                "namespace N { entity A { x: Action }; } action a;",
                "entity A { x: N::Action }; namespace N { action a; }"
            })
    void schema_thatTheReferenceTakes_isTaken(String text) {
        assertThat(Schema.of(SchemaParser.parse(text))).isNotNull();
    }

    private static String withAttribute(String type) {
        return "{\"\":{\"entityTypes\":{\"A\":{\"shape\":{\"type\":\"Record\",\"attributes\":{\"x\":" + type
                + "}}}},\"actions\":{\"a\":{}}}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"EntityOrCommon\",\"name\":\"Boolean\"}",
                "{\"type\":\"Set\",\"element\":{\"type\":\"Long\",\"required\":true}}",
                "{\"type\":\"Long\",\"annotations\":{\"a b\":\"c\"}}",
                "{\"type\":\"Long\",\"annotations\":{\"a\":1}}"
            })
    void schemaJson_typeThatTheReferenceRefuses_isRefused(String type) {
        String json = withAttribute(type);

        assertThatThrownBy(() -> Schema.of(SchemaJson.read(json))).isInstanceOf(CedarException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Boolean\"}",
                "{\"type\":\"EntityOrCommon\",\"name\":\"Bool\"}",
                "{\"type\":\"Entity\",\"name\":\"Action\"}",
                "{\"type\":\"EntityOrCommon\",\"name\":\"Action\"}",
                "{\"type\":\"Long\",\"required\":false,\"annotations\":{\"in\":null}}"
            })
    void schemaJson_typeThatTheReferenceTakes_isTaken(String type) {
        assertThat(Schema.of(SchemaJson.read(withAttribute(type)))).isNotNull();
    }

    @Test
    void schemaJson_whatTheReferenceRefuses_isRefused() {
        for (String json : List.of(
                "{\"\":{\"entityTypes\":{},\"actions\":{},\"annotations\":{\"a\":\"b\"}}}",
                "{\"\":{\"entityTypes\":{\"Action\":{}},\"actions\":{}}}",
                "{\"\":{\"entityTypes\":{},\"actions\":{\"a\":{\"attributes\":{\"x\":1}}}}}",
                "{\"\":{\"entityTypes\":{},\"actions\":{},\"commonTypes\":{\"T\":{\"type\":\"Long\",\"required\":true}}}}")) {
            assertThatThrownBy(() -> Schema.of(SchemaJson.read(json))).as(json).isInstanceOf(CedarException.class);
        }
    }
}
