package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.format.CedarFormatter;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.json.PolicyJson;
import io.apiguard.cedar.json.PolicySetJson;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.partial.ResourceAnswer;
import io.apiguard.cedar.partial.ResourceQuery;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small inputs that stand for much work do not get it. Time is not measured: without the defence each of these would take minutes, hours or
 * all memory, which the limit ends.
 */
class RobustnessCostTest {

    private static final Duration AGES = Duration.ofSeconds(60);

    private static final Schema SCHEMA = Schema.of(SchemaParser.parse("entity User in Group { u: User, ok: Bool };"
            + "entity Group; entity Doc;"
            + "action view appliesTo { principal: User, resource: Doc, context: { a?: Long } };"));

    private static final EntityUid USER = EntityUid.of("User", "u");
    private static final EntityUid VIEW = EntityUid.of("Action", "view");
    private static final EntityUid DOC = EntityUid.of("Doc", "d");

    private static <T> T soon(ThrowingSupplier<T> work) {
        return Assertions.assertTimeoutPreemptively(AGES, work);
    }

    private static void refusedSoon(ThrowingCallable work) {
        Assertions.assertTimeoutPreemptively(
                AGES, () -> assertThatExceptionOfType(CedarException.class).isThrownBy(work));
    }

    private static String many(int count, String separator, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
    }

    private static PolicySet when(String condition) {
        return PolicySet.parse("permit(principal, action, resource) when { " + condition + " };");
    }

    private static String nested(int depth, String open, String middle, String close) {
        return open.repeat(depth) + middle + close.repeat(depth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " is User in Group::\"g\"",
                " has u.u.u.u.u",
                " has u && principal.u == principal.u",
                " in Group::\"g\""
            })
    void validate_questionsWithinQuestions_areCheckedOnceEach(String question) {
        PolicySet policies =
                when(nested(60, "(if ", "principal", question + " then principal else principal)") + ".ok");

        assertThat(soon(() -> Validator.of(SCHEMA).validate(policies))).isEmpty();
        assertThat(soon(() -> Validator.of(SCHEMA).validateLevel(policies, 100)))
                .extracting(Finding::severity)
                .doesNotContain(Finding.Severity.ERROR);
    }

    @Test
    void validate_manyLongPathsAfterHas_areCheckedStepByStep() {
        String path = "principal has u" + ".u".repeat(198);
        String large = "(if " + "principal.ok || ".repeat(4000) + "true then principal else principal) has u";
        PolicySet policies = when(many(200, " && ", i -> path) + " && " + large + ".u".repeat(198));

        assertThat(soon(() -> Validator.of(SCHEMA).validate(policies))).isEmpty();
        assertThat(soon(() -> Validator.of(SCHEMA).validateLevel(policies, 1))).hasSizeLessThan(1_000);
    }

    @Test
    void validate_billionsOfKindsOfRequest_areNotGoneThrough() {
        String types = many(3_000, ",", i -> "T" + i);
        Schema schema = soon(() -> Schema.of(SchemaParser.parse("entity " + types + " { x: Long }; action "
                + many(3_000, ",", i -> "a" + i) + " appliesTo { principal: [" + types + "], resource: [" + types
                + "], context: { ok: Bool } };")));
        PolicySet policies = PolicySet.parse(
                "permit(principal, action, resource);"
                        + "permit(principal, action, resource) when { context.ok };"
                        + "permit(principal, action, resource) when { principal.x == 1 };"
                        + "permit(principal is T1, action, resource is T2) when { principal.x == resource.x };"
                        + "permit(principal, action == Action::\"a1\", resource == T2::\"\") when { principal.x == resource.x };");

        assertThat(soon(() -> Validator.of(schema).validate(policies))).isEmpty();
        assertThat(soon(() -> Validator.of(schema).validateLevel(policies, 1))).isEmpty();
    }

    @Test
    void validate_tooManyKindsOfRequest_isRefusedWithARemedy() {
        String types = many(3_000, ",", i -> "T" + i);
        Schema schema = Schema.of(SchemaParser.parse("entity " + types
                + " { x: Long }; action a appliesTo { principal: [" + types + "], resource: [" + types + "] };"));

        assertThat(soon(() -> Validator.of(schema).validate(when(many(300, " || ", i -> "principal.x == resource.x")))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("kinds of request", "name in its scope"));
        assertThat(soon(() -> Validator.of(schema).validate(when("principal.x == resource.y"))))
                .hasSizeLessThan(200);
    }

    @Test
    void validate_typeThatFillsBooks_isCutInMessages() {
        String name = "a".repeat(2_000);
        String types = many(11, "", i -> "type D" + (i + 1) + " = { " + name + ": D" + i + ", b: D" + i + " };");
        Schema schema = Schema.of(SchemaParser.parse("type D0 = Long;" + types
                + "entity E; action a appliesTo { principal: E, resource: E, context: { d: D11 } };"));
        PolicySet policies =
                PolicySet.parse("permit(principal, action, resource) when { context.d == 1 };".repeat(1_000));

        assertThat(soon(() -> Validator.of(schema).validate(policies)))
                .hasSize(1_000)
                .allSatisfy(finding -> assertThat(finding.message()).hasSizeLessThan(1_000));
    }

    @Test
    void validate_setOfOneTypeInTwoForms_isJoinedQuickly() {
        String names = many(6_000, ",", i -> "a" + i + ": Bool");
        Schema schema = Schema.of(SchemaParser.parse(
                "entity E; action a appliesTo { principal: E, resource: E, context: { r: {" + names + "} } };"));
        String written = "{" + many(6_000, ",", i -> "a" + i + ": true") + "}";

        assertThat(soon(() -> Validator.of(schema)
                        .validate(when(
                                "[" + written + ", " + many(20_000, ",", i -> "context.r") + "].contains(context.r)"))))
                .isEmpty();
    }

    @Test
    void validate_deepTypesThatDifferAtTheirBottom_areGoneThroughOnce() {
        String bottom = many(2_400, ",", i -> "a" + i + ": Long");
        String types = many(
                180, "", i -> "type X" + (i + 1) + " = { b: X" + i + " };type Y" + (i + 1) + " = { b: Y" + i + " };");
        Schema schema = Schema.of(SchemaParser.parse("type X0 = {" + bottom + ", z: Long };type Y0 = {" + bottom
                + ", z: Bool };" + types
                + "entity E; action a appliesTo { principal: E, resource: E, context: { x: X180, y: Y180 } };"));
        PolicySet policies =
                PolicySet.parse("permit(principal, action, resource) when { context.x == context.y };".repeat(1_000));

        assertThat(soon(() -> Validator.of(schema).validate(policies))).hasSize(1_000);
    }

    @Test
    void validate_muchThatIsKnownAtManyPlaces_isNotCopied() {
        String path = "u" + ".u".repeat(198);
        String known = many(
                100, " && ", i -> "(if principal == User::\"" + i + "\" then principal else principal) has " + path);
        String places = many(20_000, " || ", i -> "(context has a && context.a == 1)");

        assertThat(soon(() -> Validator.of(SCHEMA).validate(when(known + " && (" + places + ")"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%d, %d]", "[[%d], %d]", "{a: %d, b: %d}", "User::\"%d\" == User::\"%d\""})
    void evaluate_valuesWithTheSameSum_areToldApartQuickly(String value) {
        String values = many(20_000, ",", i -> value.formatted(i, 99_999 - i));

        assertThat(soon(() -> Answers.of("[" + values + "].contains(1)"))).isEqualTo(BoolValue.of(false));
        assertThat(soon(() -> Answers.of("[" + values + "] == [" + values + "]")))
                .isEqualTo(BoolValue.of(true));
    }

    @Test
    void evaluate_numbersWithTheSameHalves_areToldApartQuickly() {
        String values = many(30_000, ",", i -> "[" + i * 0x1_0000_0001L + "]");

        assertThat(soon(() -> Answers.of("[" + values + "].contains([0])"))).isEqualTo(BoolValue.of(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entity #T { #a };",
                "entity #T { r: { #a } };",
                "entity #T tags { #a };",
                "entity #T enum [#s];",
                "entity E; action #T appliesTo { principal: E, resource: E, context: { #a } };",
                "entity #T; action #a0 appliesTo { principal: [#T], resource: [#T] };"
            })
    void schema_manyNamesThatShareMuch_costTheirSum(String pattern) {
        String text = pattern.replace("#T", many(6_000, ",", i -> "T" + i))
                .replace("#a0", many(6_000, ",", i -> "a" + i))
                .replace("#a", many(6_000, ",", i -> "a" + i + ": Long"))
                .replace("#s", many(6_000, ",", i -> "\"s" + i + "\""));

        assertThat(soon(() -> Schema.of(SchemaParser.parse(text)))).isNotNull();
    }

    @Test
    void schema_longChainOfTypesAndActions_isTaken() {
        String types = many(8_000, "", i -> "entity T" + (i + 1) + " in T" + i + ";");
        String actions = many(8_000, "", i -> "action a" + (i + 1) + " in a" + i + ";");
        Schema schema = soon(() -> Schema.of(SchemaParser.parse("entity T0; action a0;" + types + actions)));

        assertThat(schema.canBeIn(new EntityType("T8000"), new EntityType("T0")))
                .isTrue();
        assertThat(schema.canBeIn(new EntityType("T0"), new EntityType("T8000")))
                .isFalse();
        Entities entities = soon(() -> new SchemaGuidedJson(schema).entities("[]"));
        assertThat(entities.isIn(EntityUid.of("Action", "a8000"), EntityUid.of("Action", "a0")))
                .isTrue();
        assertThat(entities.isIn(EntityUid.of("Action", "a0"), EntityUid.of("Action", "a8000")))
                .isFalse();
    }

    @Test
    void schema_longNameOfNamespace_isRefused() {
        String namespace = "N" + "::N".repeat(300);
        String longer = "N" + "::N".repeat(10_000);

        assertThat(soon(() -> Schema.of(SchemaParser.parse("namespace " + namespace + " { entity E; }"))))
                .isNotNull();
        refusedSoon(() -> Schema.of(
                SchemaParser.parse("namespace " + longer + " { entity " + many(5_000, ",", i -> "T" + i) + "; }")));
    }

    @Test
    void format_nameOfManyParts_isLaidOut() {
        PolicySet policies = when("principal is " + "A::".repeat(200_000) + "A");

        assertThat(soon(() -> PolicySet.parse(
                        CedarFormatter.format(policies.policies().get("policy0").toString()))))
                .isNotNull();
    }

    @Test
    void query_longContextThatIsNamedOften_isWrittenDownOnce() {
        RecordValue context = EntitiesJson.context("{\"a\":[" + many(20_000, ",", Integer::toString) + "]}");
        PolicySet policies = when(many(5_000, " && ", i -> "resource.a == context.a"));
        ResourceAnswer answer =
                soon(() -> ResourceQuery.of(policies).ask(USER, VIEW, DOC.type(), context, Entities.NONE));

        assertThat(answer).isInstanceOfSatisfying(ResourceAnswer.Conditional.class, some -> {
            List<Expr> operands = ((Expr.And) some.permits().get(0)).operands();
            assertThat(((Expr.Binary) operands.get(0)).right()).isSameAs(((Expr.Binary) operands.get(1)).right());
        });
    }

    @Test
    void json_deepRecordAroundAnExpressionsValue_isReadOnce() {
        String numbers = many(200_000, ",", Integer::toString);
        String value = nested(480, "{\"a\":", "[" + numbers + "]", "}");

        assertThat(soon(() -> PolicyJson.read(
                        "{\"effect\":\"permit\",\"principal\":{\"op\":\"All\"},\"action\":{\"op\":\"All\"},"
                                + "\"resource\":{\"op\":\"All\"},\"conditions\":[{\"kind\":\"when\",\"body\":{\"Value\":"
                                + value + "}}]}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {240, 250, 500, 5_000})
    void json_chainThatNestsTooDeep_isWrittenOrRefused(int length) {
        for (int more = 0; more < 10; more++) {
            PolicySet policies = when("true" + " && true".repeat(length + more));
            try {
                assertThat(PolicySetJson.read(PolicySetJson.write(policies)).policies())
                        .isEqualTo(policies.policies());
            } catch (CedarException e) {
                assertThat(e).hasMessageContaining("levels");
            }
        }
    }

    @Test
    void decide_longTextsFromOutside_areCutInErrors() {
        CedarRequest request = new CedarRequest(
                EntityUid.of("User", "\u0007".repeat(64_000)),
                VIEW,
                DOC,
                EntitiesJson.context("{\"s\":\"" + "a".repeat(64_000) + "\"}"));
        PolicySet policies = PolicySet.parse(("permit(principal, action, resource) when { principal.a };"
                        + "permit(principal, action, resource) when { principal.getTag(context.s) };"
                        + "permit(principal, action, resource) when { ip(context.s) };")
                .repeat(5_000));

        assertThat(soon(() ->
                        Authorizer.of(policies).decide(request, Entities.NONE).errors()))
                .hasSize(15_000)
                .allSatisfy(error -> assertThat(error.detail()).hasSizeLessThan(2_000));
    }
}
