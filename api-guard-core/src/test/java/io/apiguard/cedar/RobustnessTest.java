package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.json.JsonTree;
import io.apiguard.cedar.json.PolicyJson;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.json.SchemaJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.CedarException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deep texts are refused and long ones are taken, without exhausting stack or time.
 *
 * <p>Time is not measured here; what grows with the square of its input would be seen as a test that takes minutes, which the limit ends.
 */
class RobustnessTest {

    private static final int DEEP = 100_000;
    private static final int LONG = 20_000;
    private static final int TEXT = 64 * 1024;
    private static final Duration AGES = Duration.ofSeconds(60);

    private static final Schema SCHEMA = Schema.of(SchemaParser.parse("entity User { age: Long, ok: Bool };"
            + "entity Doc; action view appliesTo { principal: User, resource: Doc, context: { a?: Long } };"));

    private static void refused(Runnable reading) {
        Assertions.assertTimeoutPreemptively(
                AGES, () -> assertThatExceptionOfType(CedarException.class).isThrownBy(reading::run));
    }

    private static void taken(Runnable reading) {
        Assertions.assertTimeoutPreemptively(AGES, () -> assertThatNoException().isThrownBy(reading::run));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{a: ",
                "!",
                "-",
                "!(",
                "-(",
                "if ",
                "if true then ",
                "if true then 1 else ",
                "ip(",
                "[1].contains(",
                "principal.",
                "principal.isInRange(",
                "true && (",
                "true || (",
                "1 + (",
                "1 * (",
                "1 == (",
                "a has ",
                "A::",
                "(1).",
                "principal in ["
            })
    void parse_deepExpression_isRefused(String opening) {
        String text = opening.repeat(DEEP);

        refused(() -> CedarParser.expression(text));
        refused(() -> PolicySet.parse("permit(principal, action, resource) when { " + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "[\"a\"]", ".contains(1)", ".isEmpty()", ".isIpv4()"})
    void parse_longChainOfAccesses_isRefused(String access) {
        refused(() -> CedarParser.expression("principal" + access.repeat(DEEP)));
    }

    @Test
    void parse_longPathAfterHas_isRefused() {
        refused(() -> CedarParser.expression("principal has a" + ".a".repeat(DEEP)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "[",
                "{",
                "}",
                "@a ",
                "\"",
                "/",
                "//",
                "permit(",
                "permit(principal in ",
                "when {",
                "?",
                "é",
                "\u0000"
            })
    void parse_manyOfOne_isRefusedOrTaken(String part) {
        taken(() -> {
            try {
                PolicySet.parse(part.repeat(DEEP));
            } catch (CedarException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set<", "{a: ", "{\"a\"?: Set<"})
    void schema_deepType_isRefused(String opening) {
        refused(() -> SchemaParser.parse("type T = " + opening.repeat(DEEP)));
        refused(() -> SchemaParser.parse("entity E { x: " + opening.repeat(DEEP)));
    }

    @Test
    void schema_typesThatNameEachOtherDeeply_areRefused() {
        String down = IntStream.range(0, 3000)
                .mapToObj(i -> "type T" + i + " = {a: T" + (i + 1) + "};")
                .collect(Collectors.joining("", "", "type T3000 = Long;"));
        String up = IntStream.range(1, 3000)
                .mapToObj(i -> "type T" + i + " = Set<T" + (i - 1) + ">;")
                .collect(Collectors.joining("", "type T0 = Long;", ""));

        refused(() -> Schema.of(SchemaParser.parse(down)));
        refused(() -> Schema.of(SchemaParser.parse(up)));
    }

    @Test
    void schema_typesThatDoubleEachTime_areRefused() {
        String text = IntStream.range(1, 60)
                .mapToObj(i -> "type T" + i + " = {a: T" + (i - 1) + ", b: T" + (i - 1) + "};")
                .collect(Collectors.joining("", "type T0 = Long;", ""));

        refused(() -> Schema.of(SchemaParser.parse(text)));
    }

    @Test
    void schema_manyTypesInManyTypes_isTaken() {
        String names = IntStream.range(0, 5000).mapToObj(i -> "E" + i).collect(Collectors.joining(", "));
        String chain = IntStream.range(1, 1500)
                .mapToObj(i -> "entity C" + i + " in C" + (i - 1) + ";")
                .collect(Collectors.joining("", "entity C0;", ""));

        taken(() -> Schema.of(SchemaParser.parse("entity " + names + " in [" + names + "];")));
        taken(() -> Schema.of(SchemaParser.parse(chain)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":[", "{\"&&\":{\"left\":", "{\"!\":{\"arg\":", "{\"Set\":["})
    void json_deep_isRefused(String opening) {
        String text = opening.repeat(DEEP);

        refused(() -> EntitiesJson.entities(text));
        refused(() -> EntitiesJson.entities(
                "[{\"uid\":{\"type\":\"A\",\"id\":\"a\"},\"parents\":[],\"attrs\":{\"a\":" + text));
        refused(() -> EntitiesJson.context(text));
        refused(() -> SchemaJson.read(text));
        refused(() -> PolicyJson.read(text));
        refused(() -> PolicyJson.read("{\"effect\":\"permit\",\"conditions\":[{\"kind\":\"when\",\"body\":" + text));
        refused(() -> new SchemaGuidedJson(SCHEMA).entities(text));
    }

    @Test
    void json_deepTypes_areRefused() {
        String open = "{\"type\":\"Set\",\"element\":".repeat(DEEP);

        refused(() -> SchemaJson.read("{\"\":{\"actions\":{},\"entityTypes\":{},\"commonTypes\":{\"T\":" + open));
    }

    @Test
    void json_asDeepAsCanBeRead_isEvaluatedAndPrinted() {
        String body = "{\"!\":{\"arg\":".repeat(240) + "{\"Value\":true}" + "}}".repeat(240);
        Policy policy =
                PolicyJson.read("{\"effect\":\"permit\",\"principal\":{\"op\":\"All\"},\"action\":{\"op\":\"All\"},"
                        + "\"resource\":{\"op\":\"All\"},\"conditions\":[{\"kind\":\"when\",\"body\":" + body + "}]}");

        assertThat(policy.toString()).contains("!(!(");
        assertThat(Answers.of("!!true")).isEqualTo(BoolValue.of(true));
        assertThat(PolicyJson.read(PolicyJson.write(policy))).isEqualTo(policy);
        taken(() -> Validator.of(SCHEMA).validate(PolicySet.EMPTY.with("p", policy)));
    }

    private static String printed(Expr expr) {
        return new Printer().print(expr);
    }

    private static String chain(String term, String operator) {
        return (term + operator).repeat(LONG - 1) + term;
    }

    @ParameterizedTest
    @ValueSource(strings = {"&&", "||"})
    void chain_ofConditions_isReadPrintedEvaluatedAndValidated(String operator) {
        String text = chain("principal.ok == " + operator.equals("||"), " " + operator + " ");
        Expr expr = CedarParser.expression(chain("1 == " + (operator.equals("&&") ? 1 : 2), operator));

        assertThat(CedarParser.expression(printed(expr))).isEqualTo(expr);
        assertThat(Answers.of(printed(expr))).isEqualTo(BoolValue.of(operator.equals("&&")));
        PolicySet policies = PolicySet.parse("permit(principal, action, resource) when { " + text + " };");
        taken(() -> assertThat(Validator.of(SCHEMA).validate(policies)).isEmpty());
        taken(() -> Authorizer.of(policies));
    }

    @Test
    void chain_ofNumbers_isReadPrintedEvaluatedAndValidated() {
        Expr sum = CedarParser.expression(chain("1", " + "));
        Expr product = CedarParser.expression(chain("1", " * "));

        assertThat(CedarParser.expression(printed(sum))).isEqualTo(sum);
        assertThat(CedarParser.expression(printed(product))).isEqualTo(product);
        assertThat(Answers.of(printed(sum) + " == " + LONG)).isEqualTo(BoolValue.of(true));
        assertThat(Answers.of(printed(product) + " == 1")).isEqualTo(BoolValue.of(true));
        PolicySet policies = PolicySet.parse(
                "permit(principal, action, resource) when { principal.age == " + chain("principal.age", " + ") + " };");
        taken(() -> assertThat(Validator.of(SCHEMA).validate(policies)).isEmpty());
    }

    @Test
    void chain_ofManyAttributes_isValidated() {
        String attributes =
                IntStream.range(0, 3000).mapToObj(i -> "a" + i + "?: Bool").collect(Collectors.joining(", "));
        String terms = IntStream.range(0, 3000)
                .mapToObj(i -> "context has a" + i + " && context.a" + i)
                .collect(Collectors.joining(" && "));
        Schema schema = Schema.of(SchemaParser.parse(
                "entity E; action a appliesTo { principal: E, resource: E, context: {" + attributes + "} };"));

        taken(() -> assertThat(Validator.of(schema)
                        .validate(PolicySet.parse("permit(principal, action, resource) when {" + terms + "};")))
                .isEmpty());
    }

    @Test
    void chain_ofOrs_gainsOnlyWhatAllGain() {
        PolicySet policies = PolicySet.parse("permit(principal, action, resource) when { "
                + "(context has a || context has a) && context.a > 1 };"
                + "permit(principal, action, resource) when { (context has a || principal.ok) && context.a > 1 };");

        assertThat(Validator.of(SCHEMA).validate(policies))
                .extracting(Finding::policyId)
                .containsExactly("policy1");
    }

    @Test
    void list_long_isReadAndEvaluated() {
        taken(() ->
                assertThat(Answers.of("[" + chain("1", ", ") + "].contains(1)")).isEqualTo(BoolValue.of(true)));
        taken(() -> assertThat(Answers.of("[" + chain("principal", ",") + "].contains(principal)"))
                .isEqualTo(BoolValue.of(true)));
        taken(() -> PolicySet.parse("permit(principal, action in [" + chain("Action::\"a\"", ",") + "], resource);"));
        taken(() -> PolicySet.parse("permit(principal, action, resource) when {true};".repeat(2000)));
        taken(() -> PolicySet.parse("permit(principal, action, resource)" + " when {true}".repeat(LONG) + ";"));
        taken(() -> CedarParser.expression("principal is " + chain("A", "::")));
    }

    @Test
    void like_hostilePatternAndText_takesLinearTime() {
        String text = "a".repeat(TEXT);
        String half = "a".repeat(TEXT / 2);

        taken(() -> assertThat(Answers.of("\"" + text + "\" like \"*" + half + "b*\""))
                .isEqualTo(BoolValue.of(false)));
        taken(() -> assertThat(Answers.of("\"" + text + "\" like \"" + "*a".repeat(TEXT / 4) + "*b*\""))
                .isEqualTo(BoolValue.of(false)));
        taken(() -> assertThat(Answers.of("\"" + text + "\" like \"*" + half + "*" + half + "\""))
                .isEqualTo(BoolValue.of(true)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 34, 100})
    void like_longParts_areFoundWhereShortOnesAre(int length) {
        String part = "ab".repeat(length) + "c";

        assertThat(Answers.of("\"ab" + part + part + "x\" like \"*" + part + "*" + part + "*\""))
                .isEqualTo(BoolValue.of(true));
        assertThat(Answers.of("\"ab" + part + "x" + part.substring(1) + "\" like \"*" + part + "*" + part + "*\""))
                .isEqualTo(BoolValue.of(false));
    }

    @Test
    void json_long_isRead() {
        String numbers = "[" + chain("1", ",") + "]";
        String deepName = "{\"" + "n".repeat(TEXT / 2) + "\":" + numbers + "}";
        String entities = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"uid\":{\"type\":\"A\",\"id\":\"" + i
                        + "\"},\"attrs\":{},\"parents\":[{\"type\":\"A\",\"id\":\"" + (i + 1) + "\"}]}")
                .collect(Collectors.joining(",", "[", "]"));

        taken(() -> EntitiesJson.context(deepName));
        taken(() -> Entities.of(EntitiesJson.entities(entities)));
        refused(() -> EntitiesJson.entities("[" + chain("1", ",") + "]"));
        refused(() -> EntitiesJson.context("{\"a\":" + "9".repeat(TEXT) + "}"));
    }

    @Test
    void parse_halfOfASurrogatePair_isRefusedWhereverItStands() {
        for (String half : List.of("\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83D\n")) {
            assertThatThrownBy(() -> CedarParser.expression("\"a" + half + "\""))
                    .isInstanceOf(CedarException.class)
                    .hasMessageContaining("line 1, column 3");
            assertThatThrownBy(() -> CedarParser.expression("context.a like \"*" + half + "\""))
                    .isInstanceOf(CedarException.class)
                    .hasMessageContaining("surrogate");
        }
        assertThat(CedarParser.expression("\"\uD83D\uDE00\"")).hasToString("Literal[value=\"\uD83D\uDE00\"]");
    }

    @Test
    void read_halfOfASurrogatePairInJson_isRefused() {
        for (String json : List.of("{\"a\\ud83d\": 1}", "[\"\\ude00\"]", "\"\\ude00\\ud83d\"")) {
            assertThatThrownBy(() -> JsonTree.read(json))
                    .isInstanceOf(CedarException.class)
                    .hasMessageContaining("surrogate");
        }
    }
}
