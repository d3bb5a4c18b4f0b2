package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import io.apiguard.cedar.value.RecordValue;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language answers at its edges, as its reference implementation was measured to. */
class EdgeAnswersTest {

    private static final String[][] ROWS = {
        {"1 < 2 < 3", "refused"},
        {"1 == 1 == true", "refused"},
        {"1 in 2 in 3", "refused"},
        {"principal has a has b", "refused"},
        {"!!!!!true", "refused"},
        {"-----1", "refused"},
        {"- - - - -1", "refused"},
        {"!-1", "refused"},
        {"-!true", "refused"},
        {"1 / 1", "refused"},
        {"4 % 2", "refused"},
        {"1 = 1", "refused"},
        {"9223372036854775808", "refused"},
        {"-9223372036854775809", "refused"},
        {"99999999999999999999999999", "refused"},
        {"{a: 1, a: 2}", "refused"},
        {"{a: 1, \"a\": 2}", "refused"},
        {"{if: 1}", "refused"},
        {"{true: 1}", "refused"},
        {"{__cedar: 1}", "refused"},
        {"context.true", "refused"},
        {"context.like", "refused"},
        {"context[\"a\" + \"b\"]", "refused"},
        {"context[1]", "refused"},
        {"principal has if", "refused"},
        {"principal has a.\"b\"", "refused"},
        {"{a: 1} has \"a\".b", "refused"},
        {"principal has context.if", "refused"},
        {"isIpv4(context)", "refused"},
        {"\"1.1.1.1\".ip()", "refused"},
        {"\"1.0\".decimal()", "refused"},
        {"decimal(\"1.0\").unknown()", "refused"},
        {"unknown(\"x\")", "refused"},
        {"ip", "refused"},
        {"[1].contains()", "refused"},
        {"[1].contains(1, 2)", "refused"},
        {"[1].isEmpty(1)", "refused"},
        {"principal.hasTag()", "refused"},
        {"principal.getTag(\"a\", \"b\")", "refused"},
        {"contains([1], 1)", "refused"},
        {"N::ip(\"1.1.1.1\")", "refused"},
        {"__cedar::A::\"x\"", "refused"},
        {"A::__cedar::\"x\"", "refused"},
        {"if::\"x\"", "refused"},
        {"A::in::\"x\"", "refused"},
        {"A::B", "refused"},
        {"A::", "refused"},
        {"?principal", "refused"},
        {"principal == ?principal", "refused"},
        {"?other", "refused"},
        {"/* no such comment */ true", "refused"},
        {"true // a comment up to the end", "true"},
        {"\"\\q\"", "refused"},
        {"\"\\x80\"", "refused"},
        {"\"\\xg0\"", "refused"},
        {"\"\\u{D800}\"", "refused"},
        {"\"\\u{110000}\"", "refused"},
        {"\"\\u{1234567}\"", "refused"},
        {"\"\\u{}\"", "refused"},
        {"\"\\u0041\"", "refused"},
        {"\"not ended", "refused"},
        {"\"a\\*b\"", "refused"},
        {"\"abc\" like principal", "refused"},
        {"\"abc\" like \"a\" + \"b\"", "refused"},
        {"principal is \"User\"", "refused"},
        {"principal is if", "refused"},
        {"(1", "refused"},
        {"1)", "refused"},
        {"[1, 2", "refused"},
        {"[,]", "refused"},
        {"[1,,2]", "refused"},
        {"{a: 1", "refused"},
        {"{a}", "refused"},
        {"if true then 1", "refused"},
        {"if true else 1", "refused"},
        {"true &&", "refused"},
        {"&& true", "refused"},
        {"true & false", "refused"},
        {"true | false", "refused"},
        {"1 1", "refused"},
        {"1.5", "refused"},
        {"'single'", "refused"},
        {"1.foo", "error TYPE"},
        {"\"x\".foo", "error TYPE"},
        {"[1, 2,]", "[1, 2]"},
        {"{a: 1,}", "{a: 1}"},
        {"[1].contains(1,)", "true"},
        {"ip(\"1.1.1.1\",).isIpv4()", "true"},
        {"!!!!true", "true"},
        {"- -1 == 1", "true"},
        {"----1 == 1", "true"},
        {"-9223372036854775808 == -9223372036854775807 - 1", "true"},
        {"{\"if\": 1} has \"if\"", "true"},
        {"{\"if\": 1}[\"if\"]", "1"},
        {"{when: 1}.when", "1"},
        {"{principal: 1, permit: 2}.permit", "2"},
        {"when::\"x\" is when", "true"},
        {"permit::unless::\"x\" is permit::unless", "true"},
        {"A::B::\"x\" == A :: B :: \"x\"", "true"},
        {"\"axb\" like \"a\\x2Ab\"", "true"},
        {"\"axb\" like \"a\\u{2a}b\"", "true"},
        {"\"a*b\" like \"a\\*b\"", "true"},
        {"\"axb\" like \"a\\*b\"", "false"},
        {"\"\" like \"\"", "true"},
        {"\"\" like \"*\"", "true"},
        {"\"abc\" like \"\"", "false"},
        {"\"aXbXc\" like \"a*b*c\"", "true"},
        {"\"aa\" like \"a*a\"", "true"},
        {"\"a\" like \"a*a\"", "false"},
        {"\"a\\nb\" like \"a*b\"", "true"},
        {"\"\\u{1F600}\" like \"*\"", "true"},
        {"\"\\x41\\u{42}\\0\\t\\'\\\"\\\\\" == \"AB\\u{0}\\x09'\\x22\\x5c\"", "true"},
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"10 - 3 - 2", "5"},
        {"2 * 3 * 4 - 1", "23"},
        {"1 + 1 == 2 && true || false", "true"},
        {"true || false && false", "true"},
        {"!true == false", "true"},
        {"if true then 1 else 2 + 3", "1"},
        {"(if true then 1 else 2) + 3", "4"},
        {"if false then 1 else if true then 2 else 3", "2"},
        {"principal == User::\"12345\" && action == Action::\"view\"", "true"},
        {"-(-9223372036854775808)", "error OVERFLOW"},
        {"9223372036854775807 + 1", "error OVERFLOW"},
        {"-9223372036854775808 - 1", "error OVERFLOW"},
        {"-9223372036854775808 * -1", "error OVERFLOW"},
        {"true && 3", "error TYPE"},
        {"3 && true", "error TYPE"},
        {"false && 3", "false"},
        {"true || 3", "true"},
        {"false || 3", "error TYPE"},
        {"3 || true", "error TYPE"},
        {"{a: 1} has a.b", "error TYPE"},
        {"{a: {b: 1}} has a.b.c", "error TYPE"},
        {"principal in [User::\"a\", 1]", "error TYPE"},
        {"principal in [User::\"12345\", 1]", "error TYPE"},
        {"1 in []", "error TYPE"},
        {"1 in principal", "error TYPE"},
        {"principal in 1", "error TYPE"},
        {"\"\" < \"a\"", "error TYPE"},
        {"datetime(\"2024-01-01\") < duration(\"1h\")", "error TYPE"},
        {"decimal(\"1.0\") < decimal(\"2.0\")", "error TYPE"},
        {"1 < \"1\"", "error TYPE"},
        {"ip(\"1.1.1.1\").isIpv4(1)", "error ARGUMENT_COUNT"},
        {"ip()", "error ARGUMENT_COUNT"},
        {"ip(\"1.1.1.1\", \"2.2.2.2\")", "error ARGUMENT_COUNT"},
        {"decimal(\"1.0\").lessThan()", "error ARGUMENT_COUNT"},
        {"ip(1)", "error TYPE"},
        {"decimal(context)", "error TYPE"},
        {"1.isIpv4()", "error TYPE"},
        {"decimal(\"1.0\\n\")", "error EXTENSION"},
        {"decimal(\"+1.0\")", "error EXTENSION"},
        {"decimal(\"1\")", "error EXTENSION"},
        {"decimal(\"1.00000\")", "error EXTENSION"},
        {"decimal(\"\")", "error EXTENSION"},
        {"decimal(\"922337203685477.5807\") == decimal(\"922337203685477.5807\")", "true"},
        {"decimal(\"922337203685477.5808\")", "error EXTENSION"},
        {"decimal(\"-922337203685477.5808\") == decimal(\"-922337203685477.5808\")", "true"},
        {"ip(\"1.2.3.04\")", "error EXTENSION"},
        {"ip(\"::ffff:1.2.3.4\")", "error EXTENSION"},
        {"ip(\"fe80::1%1\")", "error EXTENSION"},
        {"ip(\"1.2.3.4/33\")", "error EXTENSION"},
        {"ip(\"1.2.3.4/08\")", "error EXTENSION"},
        {"ip(\"::1/129\")", "error EXTENSION"},
        {"ip(\"1.2.3\")", "error EXTENSION"},
        {"ip(\":::\")", "error EXTENSION"},
        {"datetime(\"2024-02-30\")", "error EXTENSION"},
        {"datetime(\"2023-02-29\")", "error EXTENSION"},
        {"datetime(\"2024-02-29\") == datetime(\"2024-02-29\")", "true"},
        {"datetime(\"2024-01-01T00:00:60Z\")", "error EXTENSION"},
        {"datetime(\"2024-01-01T24:00:00Z\")", "error EXTENSION"},
        {"datetime(\"2024-01-01T00:00:00\")", "error EXTENSION"},
        {"datetime(\"2024-01-01T00:00:00+2400\")", "error EXTENSION"},
        {"datetime(\"2024-01-01T00:00:00+00:00\")", "error EXTENSION"},
        {"duration(\"-\")", "error EXTENSION"},
        {"duration(\"\")", "error EXTENSION"},
        {"duration(\"1h1d\")", "error EXTENSION"},
        {"duration(\"1h1h\")", "error EXTENSION"},
        {"duration(\"1.5h\")", "error EXTENSION"},
        {"duration(\"9223372036854775807ms\") == duration(\"9223372036854775807ms\")", "true"},
        {"duration(\"9223372036854775808ms\")", "error EXTENSION"},
        {"resource.owner", "error ENTITY_MISSING"},
        {"resource.getTag(\"a\")", "error ENTITY_MISSING"},
        {"principal.missing", "error ATTRIBUTE_MISSING"},
        {"context.missing", "error ATTRIBUTE_MISSING"},
        {"{a: 1}.b", "error ATTRIBUTE_MISSING"},
        {"principal.getTag(\"missing\")", "error TAG_MISSING"},
        {"principal.getTag(1)", "error TYPE"},
        {"principal.hasTag(1)", "error TYPE"},
        {"1.hasTag(\"a\")", "error TYPE"},
        {"1 has a", "error TYPE"},
        {"if 1 then 2 else 3", "error TYPE"},
        {"1 is User", "error TYPE"},
        {"1 is User in principal", "error TYPE"},
        {"\"a\".contains(\"a\")", "error TYPE"},
        {"[1].containsAll(1)", "error TYPE"},
        {"[1].containsAny(\"a\")", "error TYPE"},
        {"{a: 1}.isEmpty()", "error TYPE"},
        {"!1", "error TYPE"},
        {"-true", "error TYPE"},
        {"1 like \"1\"", "error TYPE"},
        {"[1, principal.missing]", "error ATTRIBUTE_MISSING"},
        {"{a: principal.missing}.b", "error ATTRIBUTE_MISSING"},
        {"decimal(\"1.0\") == decimal(\"1.00\")", "true"},
        {"decimal(\"-0.0\") == decimal(\"0.0\")", "true"},
        {"ip(\"10.0.0.1\") == ip(\"10.0.0.1/32\")", "true"},
        {"ip(\"::1\") == ip(\"0:0:0:0:0:0:0:1/128\")", "true"},
        {"ip(\"10.0.0.1/24\") == ip(\"10.0.0.2/24\")", "false"},
        {"ip(\"10.0.0.1/24\").isInRange(ip(\"10.0.0.2/24\"))", "true"},
        {"ip(\"10.0.0.0/8\").isInRange(ip(\"10.0.0.0/16\"))", "false"},
        {"ip(\"127.0.0.1/7\").isLoopback()", "false"},
        {"ip(\"224.0.0.1\").isMulticast()", "true"},
        {"resource has owner", "false"},
        {"resource has owner.name", "false"},
        {"resource.hasTag(\"a\")", "false"},
        {"resource in resource", "true"},
        {"resource in principal", "false"},
        {"principal.hasTag(\"stage\")", "true"},
        {"principal.getTag(\"st\" )", "error TAG_MISSING"},
        {"principal.getTag(\"stage\")", "\"beta\""},
        {"{a: {b: 1}} has a.c.d", "false"},
        {"{a: {b: 1}} has a.b", "true"},
        {"principal in []", "false"},
        {"[] == []", "true"},
        {"[1, 1, 2] == [2, 1]", "true"},
        {"[1, true, \"a\", [2]].contains([2])", "true"},
        {"{a: 1, b: 2} == {b: 2, a: 1}", "true"},
        {"1 == \"1\"", "false"},
        {"1 != true", "true"},
        {"datetime(\"1969-12-31T23:59:59.999Z\").toDate() == datetime(\"1969-12-31\")", "true"},
        {"datetime(\"1969-12-31T23:59:59.999Z\").toTime() == duration(\"23h59m59s999ms\")", "true"},
        {"datetime(\"2024-01-01T01:00:00+0100\") == datetime(\"2024-01-01\")", "true"},
        {"duration(\"-90m\").toHours() == -1", "true"},
        {"duration(\"-1ms\").toSeconds() == 0", "true"},
        {"duration(\"1d\") == duration(\"24h\")", "true"},
        {"if true then true else 3", "true"},
        {"if false then 1 + \"a\" else 3", "3"},
    };

    static Stream<Arguments> rows() {
        return Stream.of(ROWS).map(row -> Arguments.of(row[0], row[1]));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void evaluate_edge_answersAsTheReference(String expression, String answer) {
        assertThat(Answers.of(expression)).isEqualTo(Answers.expected(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit(principal, action, resource) when {};",
                "permit(principal, action, resource) when { true }",
                "permit(principal, action, resource) when true;",
                "permit(principal, action, resource) when { true // };",
                "permit(principal is User == User::\"a\", action, resource);",
                "permit(principal == User::\"a\" is User, action, resource);",
                "permit(principal in User::\"a\" is User, action, resource);",
                "permit(principal, action, resource) when { principal == ?principal };",
                "permit(principal == ?resource, action, resource);",
                "permit(principal, action, resource in ?principal);",
                "permit(principal, action == ?action, resource);",
                "permit(principal == ?other, action, resource);",
                "permit(principal, action == User::\"v\", resource);",
                "permit(principal, action in [Action::\"v\", User::\"v\"], resource);",
                "permit(principal, action is Action, resource);",
                "permit(principal in [User::\"a\"], action, resource);",
                "permit(principal == User, action, resource);",
                "permit(principal == \"a\", action, resource);",
                "permit(principal != User::\"a\", action, resource);",
                "permit(action, principal, resource);",
                "permit(principal, action);",
                "permit(principal, action, resource, context);",
                "permit();",
                "allow(principal, action, resource);",
                "Permit(principal, action, resource);",
                "@id(\"a\") @id(\"b\") permit(principal, action, resource);",
                "@id @id permit(principal, action, resource);",
                "@id(a) permit(principal, action, resource);",
                "@\"id\" permit(principal, action, resource);",
                "@id",
                "/* no */ permit(principal, action, resource);",
                "permit(principal, action, resource) when { \"a\\\nb\" == \"\" };",
                "permit(principal, action, resource) when { \"a\rb\" == \"\" };",
                "permit(principal, action, resource) when { true } else { false };",
                "permit(principal, action, resource);;"
            })
    void parse_whatIsNoPolicy_isRefused(String text) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> PolicySet.parse(text))
                .satisfies(e -> assertThat(e.position()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "// nothing but a comment",
                "permit(principal, action in [], resource);",
                "permit(principal, action in [Action::\"a\",], resource,);",
                "permit(principal == User::\"a\", action == N::Action::\"v\", resource is A::B in A::B::\"x\");",
                "@if @in(\"x\") permit(principal, action, resource);",
                "permit(principal, action, resource) unless { false } when { true } unless { false } when { true };",
                "permit(principal == ?principal, action, resource is Doc in ?resource);",
                "permit ( principal , action , resource ) when { principal == when::\"x\" } ; // done",
                "permit(principal, action, resource) when { \"two\nlines\" == \"\" };",
                "\u00a0permit(principal,\u2003action,\u3000resource);"
            })
    void parse_unusualPolicy_isTaken(String text) {
        assertThatNoException().isThrownBy(() -> PolicySet.parse(text));
    }

    @ParameterizedTest
    @MethodSource("places")
    void parse_fault_saysWhereAndWhatWasExpected(String text, int line, int column, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> PolicySet.parse(text))
                .withMessageStartingWith("line " + line + ", column " + column + ": ")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.position()).contains(new Position(line, column)));
    }

    static Stream<Arguments> places() {
        String head = "permit(principal, action, resource)\n";
        return Stream.of(
                Arguments.of("allow(principal, action, resource);", 1, 1, "expected 'permit' or 'forbid'"),
                Arguments.of("permit(principal action, resource);", 1, 18, "expected ','"),
                Arguments.of(head, 2, 1, "expected ';'"),
                Arguments.of(head + "when { 1 < 2 < 3 };", 2, 14, "relations do not chain"),
                Arguments.of(head + "when { };", 2, 8, "expected an expression"),
                Arguments.of(head + "when { 1 = 1 };", 2, 10, "expected '=='"),
                Arguments.of(head + "when { 1 / 1 };", 2, 10, "not supported"),
                Arguments.of(head + "when {\n  context.if };", 3, 11, "word of the language"),
                Arguments.of(head + "when { \"a\n\\q\" == 1 };", 3, 2, "escape"),
                Arguments.of(head + "when { ip2(1) };", 2, 8, "no function"),
                Arguments.of(head + "when { {a: 1, a: 2} };", 2, 15, "twice"),
                Arguments.of(head + "when { ?principal };", 2, 8, "slots"),
                Arguments.of(head + "when { 9223372036854775808 > 1 };", 2, 8, "between"),
                Arguments.of(head + "when { # };", 2, 8, "U+0023"),
                Arguments.of("@a\n@b\n@a permit(principal, action, resource);", 3, 2, "twice"),
                Arguments.of("permit(principal, action == User::\"v\", resource);", 1, 29, "action"));
    }

    @Test
    void parse_severalPolicies_namesThemInOrderTemplatesToo() {
        PolicySet policies = PolicySet.parse("permit(principal, action, resource);"
                + "permit(principal == ?principal, action, resource);"
                + "forbid(principal, action, resource);");

        assertThat(policies.staticPolicies()).containsOnlyKeys("policy0", "policy2");
        assertThat(policies.templates()).containsOnlyKeys("policy1");
    }

    @Test
    void parse_annotationWithoutText_hasTheEmptyOne() {
        Policy policy = CedarParser.policy("@if @in(\"x\") permit(principal, action, resource);")
                .policy();

        assertThat(policy.annotations()).isEqualTo(Map.of("if", "", "in", "x"));
    }

    @Test
    void decide_actionInNothing_matchesNothing() {
        CedarRequest request = new CedarRequest(
                EntityUid.of("User", "a"), EntityUid.of("Action", "v"), EntityUid.of("Doc", "d"), RecordValue.EMPTY);

        Decision decision = Authorizer.of(PolicySet.parse("permit(principal, action in [], resource);"))
                .decide(request, Entities.NONE);

        assertThat(decision.outcome()).isEqualTo(Decision.Outcome.NOTHING_PERMITS);
        assertThat(decision.errors()).isEmpty();
    }
}
