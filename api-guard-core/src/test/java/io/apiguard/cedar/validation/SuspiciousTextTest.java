package io.apiguard.cedar.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspiciousTextTest {

    private static final Validator VALIDATOR = Validator.of(Schema.of(SchemaParser.parse("""
            entity User in [User] { name: String, "is\u200bAdmin": Bool, "s\u0430y": Bool };
            action view, "v\u0456ew" appliesTo { principal: User, resource: User };
            """)));

    private static List<Finding> findings(String policy) {
        return VALIDATOR.validate(PolicySet.parse(policy));
    }

    private static List<Finding> inCondition(String condition) {
        return findings("permit(principal, action, resource) when { " + condition + " };");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test",
                "test\t\t",
                "https://www.example.com/test?foo=bar&bar=baz#buz",
                "\u0442\u0435\u0441\u0442 123!",
                "\u00e9t\u00e9",
                "e\u0301",
                "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8",
                "\ud55c\uad6d\u6f22",
                "\ud83c\udf4c",
                ""
            })
    void validate_stringInOneScript_isTakenWithoutWarning(String text) {
        assertThat(inCondition("principal.name == \"" + text + "\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"say_\u04bbello", "p\u0430ypal", "\u0391dmin", "a\u65e5", "\u3042\ud55c"})
    void validate_stringOfSeveralScripts_isWarnedOf(String text) {
        assertThat(inCondition("principal.name == \"" + text + "\""))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                    assertThat(finding.message()).contains("several scripts").contains("\\u{");
                    assertThat(finding.position()).isNotNull();
                });
        assertThat(inCondition("principal.name like \"*" + text + "\"")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'})
    void validate_characterThatTurnsTheDirection_isWarnedOf(char turning) {
        String text = "\"user" + turning + " \"";

        assertThat(inCondition("principal.name != " + text)).singleElement().satisfies(finding -> assertThat(
                        finding.message())
                .contains("direction")
                .contains("\\u{" + Integer.toHexString(turning) + "}"));
        assertThat(inCondition("principal.name like " + text)).hasSize(1);
        assertThat(findings("permit(principal == User::" + text + ", action, resource);"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"is\u200bAdmin", "new\\nline", "null\\0", "delete\\x7f", "\ud83c\udf4c", "say_\u04bbello"})
    void validate_nameThatReadsAsAnother_isWarnedOfWhereverItStands(String name) {
        assertThat(findings("permit(principal == User::\"" + name + "\", action, resource);"))
                .hasSize(1);
        assertThat(findings("permit(principal in User::\"" + name + "\", action, resource);"))
                .hasSize(1);
        assertThat(findings("permit(principal, action, resource is User in User::\"" + name + "\");"))
                .hasSize(1);
        assertThat(inCondition("principal == User::\"" + name + "\"")).hasSize(1);
        assertThat(inCondition("{\"" + name + "\": 1} == {\"" + name + "\": 2}"))
                .hasSize(2);
    }

    @Test
    void validate_attributeOrActionThatReadsAsAnother_isWarnedOf() {
        assertThat(inCondition("principal[\"is\u200bAdmin\"]")).hasSize(1);
        assertThat(inCondition("principal has \"is\u200bAdmin\"")).hasSize(1);
        assertThat(inCondition("principal[\"s\u0430y\"] == true")).hasSize(1);
        assertThat(findings("permit(principal, action in [Action::\"v\u0456ew\"], resource);"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get /pets/{petId}", "example_user+1@example.com", "\u00e9t\u00e9", "\u0442\u0435\u0441\u0442"})
    void validate_usualName_isTakenWithoutWarning(String name) {
        assertThat(inCondition("principal == User::\"" + name + "\"")).isEmpty();
    }
}
