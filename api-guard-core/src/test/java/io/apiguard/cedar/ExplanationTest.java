package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.Explanation.Applies;
import io.apiguard.cedar.Explanation.Choice;
import io.apiguard.cedar.Explanation.Failed;
import io.apiguard.cedar.Explanation.NotMet;
import io.apiguard.cedar.Explanation.OutOfScope;
import io.apiguard.cedar.Explanation.PolicyTrace;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.Position;
import io.apiguard.cedar.value.RecordValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is explained is what was decided, and names the part that decided. */
class ExplanationTest {

    private static final CedarRequest REQUEST = new CedarRequest(
            EntityUid.of("User", "alice"), EntityUid.of("Action", "view"), EntityUid.of("Doc", "d"), RecordValue.EMPTY);

    private static Explanation explain(PolicySet policies) {
        return Authorizer.of(policies).explain(REQUEST, Entities.NONE);
    }

    private static PolicyTrace only(String policy) {
        return explain(PolicySet.parse(policy)).policies().get(0);
    }

    @Property(tries = 3000)
    void explain_anyRequest_agreesWithTheDecision(@ForAll long seed) {
        RandomCedar random = new RandomCedar(seed);
        PolicySet policies = random.policies(10);
        Entities entities = Entities.of(random.entities());
        CedarRequest request = random.request();
        Decision decision = Authorizer.of(policies).decide(request, entities);

        Explanation explanation = Authorizer.of(policies).explain(request, entities);

        assertThat(explanation.decision()).hasToString(decision.toString());
        assertThat(explanation.policies())
                .extracting(PolicyTrace::policyId)
                .containsExactlyInAnyOrderElementsOf(policies.policies().keySet());
        assertThat(explanation.policies().subList(0, decision.reasons().size()))
                .allMatch(trace -> trace.cause() instanceof Applies)
                .extracting(PolicyTrace::policyId)
                .containsExactlyInAnyOrderElementsOf(decision.reasons());
        assertThat(errors(explanation)).containsExactlyInAnyOrderElementsOf(decision.errors());
        explanation.policies().forEach(trace -> agreesAlone(trace, policies, request, entities));
        assertThat(explanation.policies())
                .noneMatch(trace -> term(trace) instanceof Expr.Not || term(trace) instanceof Expr.If);
    }

    private static @Nullable Expr term(PolicyTrace trace) {
        if (trace.cause() instanceof NotMet notMet) {
            return notMet.term();
        }
        return trace.cause() instanceof Failed failed ? failed.term() : null;
    }

    private static void agreesAlone(PolicyTrace trace, PolicySet policies, CedarRequest request, Entities entities) {
        PolicySet alone = PolicySet.EMPTY.with("p", policies.policies().get(trace.policyId()));
        boolean applies =
                !Authorizer.of(alone).decide(request, entities).reasons().isEmpty();
        assertThat(trace.cause() instanceof Applies).isEqualTo(applies);
    }

    private static List<Decision.PolicyError> errors(Explanation explanation) {
        return explanation.policies().stream()
                .filter(trace -> trace.cause() instanceof Failed)
                .map(trace -> {
                    Failed failed = (Failed) trace.cause();
                    return new Decision.PolicyError(trace.policyId(), failed.error(), failed.detail());
                })
                .toList();
    }

    @Test
    void explain_scopeDoesNotMatch_namesThePart() {
        assertThat(only("permit(principal,\n action == Action::\"edit\", resource);")
                        .cause())
                .isEqualTo(new OutOfScope(
                        Variable.ACTION,
                        "action == Action::\"edit\"",
                        EntityUid.of("Action", "view"),
                        new Position(2, 2)));
    }

    @Test
    void explain_operandIsFalse_namesItAlone() {
        PolicyTrace trace =
                only("permit(principal, action, resource)\nwhen { true }\nwhen { 1 < 2 && (true && 3 < 2) };");

        assertThat(trace.cause()).isInstanceOfSatisfying(NotMet.class, cause -> {
            assertThat(cause.number()).isEqualTo(2);
            assertThat(cause.term()).isEqualTo(CedarParser.expression("3 < 2"));
            assertThat(cause.position()).isEqualTo(new Position(3, 26));
        });
    }

    @Test
    void explain_unlessIsTrue_namesTheAlternative() {
        PolicyTrace trace =
                only("permit(principal, action, resource)\nunless { 1 == 2 || action == resource || 1 < 2 };");

        assertThat(trace.cause()).isInstanceOfSatisfying(NotMet.class, cause -> assertThat(cause.term())
                .isEqualTo(CedarParser.expression("1 < 2")));
    }

    @Test
    void explain_operandFails_namesItWithTheError() {
        PolicyTrace trace = only("permit(principal, action, resource) when { 1 < 2 && context.mfa };");

        assertThat(trace.cause()).isInstanceOfSatisfying(Failed.class, cause -> {
            assertThat(cause.term()).isEqualTo(CedarParser.expression("context.mfa"));
            assertThat(cause.error()).isEqualTo(ErrorKind.ATTRIBUTE_MISSING);
            assertThat(cause.position()).isEqualTo(new Position(1, 53));
        });
    }

    @Test
    void explain_operandIsNoBoolean_isFailure() {
        assertThat(only("permit(principal, action, resource) when { true && 3 };")
                        .cause())
                .isInstanceOfSatisfying(
                        Failed.class, cause -> assertThat(cause.error()).isEqualTo(ErrorKind.TYPE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // !
                "when { !(1 < 2) }; # 1 < 2 is true at 10",
                "when { !(2 < 1) }; # applies",
                "when { !context.mfa }; # context.mfa fails (ATTRIBUTE_MISSING) at 9",
                "when { !8 }; # 8 fails (TYPE) at 9",
                "when { !!(2 < 1) }; # 2 < 1 is false at 11",
                "when { !(1 == 2 || 1 < 2) }; # 1 < 2 is true at 20",
                "when { !(1 < 2 && 2 < 3) }; # 1 < 2 && 2 < 3 is true at 10",
                "when { !(2 < 3 && context.mfa) }; # context.mfa fails (ATTRIBUTE_MISSING) at 19",
                // if
                "when { if 1 < 2 then 2 < 1 else true }; # if 1 < 2 is true at 11, 2 < 1 is false at 22",
                "when { if 2 < 1 then true else 1 < 2 && 3 < 2 }; # if 2 < 1 is false at 11, 3 < 2 is false at 41",
                "when { if 1 < 2 then true else context.mfa }; # applies",
                "when { if 2 < 1 then context.mfa else true }; # applies",
                "when { if context.mfa then true else true }; # context.mfa fails (ATTRIBUTE_MISSING) at 11",
                "when { if 3 then true else true }; # 3 fails (TYPE) at 11",
                "when { if !context.mfa then true else true }; # context.mfa fails (ATTRIBUTE_MISSING) at 12",
                "when { if 1 < 2 then context.mfa else true }; # if 1 < 2 is true at 11, context.mfa fails (ATTRIBUTE_MISSING) at 22",
                "when { if 1 < 2 then 5 else true }; # if 1 < 2 is true at 11, 5 fails (TYPE) at 22",
                "when { if 1 < 2 then if 2 < 1 then true else 1 == 2 else true };"
                        + " # if 1 < 2 is true at 11, if 2 < 1 is false at 25, 1 == 2 is false at 46",
                "when { !(if 1 < 2 then 2 < 3 else true) }; # if 1 < 2 is true at 13, 2 < 3 is true at 24",
                // parentheses
                "when { (1 < 2) && ((2 < 1)) }; # 2 < 1 is false at 21",
                "when { ((1 < 2)) }; # applies",
                "when { (1 < 2 && (context.mfa)) }; # context.mfa fails (ATTRIBUTE_MISSING) at 19",
                // unless
                "unless { (1 < 2) }; # 1 < 2 is true at 11",
                "unless { !(1 < 2) }; # applies",
                "unless { !(2 < 1) }; # 2 < 1 is false at 12",
                "unless { !context.mfa }; # context.mfa fails (ATTRIBUTE_MISSING) at 11",
                "unless { if 1 < 2 then 2 < 3 else true }; # if 1 < 2 is true at 13, 2 < 3 is true at 24"
            })
    void explain_condition_namesTheSmallestPartThatDecided(String condition, String cause) {
        assertThat(shown(only("permit(principal, action, resource)\n" + condition)
                        .cause()))
                .isEqualTo(cause);
    }

    private static String shown(Explanation.Cause cause) {
        if (cause instanceof NotMet notMet) {
            return shown(notMet.choices()) + new Printer().print(notMet.term()) + " is " + notMet.outcome()
                    + at(notMet.position());
        }
        return cause instanceof Failed failed
                ? shown(failed.choices()) + new Printer().print(failed.term()) + " fails (" + failed.error() + ")"
                        + at(failed.position())
                : cause.toString();
    }

    private static String shown(List<Choice> choices) {
        return choices.stream()
                .map(choice -> "if " + new Printer().print(choice.condition()) + " is " + choice.outcome()
                        + at(choice.position()) + ", ")
                .collect(Collectors.joining());
    }

    private static String at(@Nullable Position position) {
        assertThat(position).isNotNull().extracting(Position::line).isEqualTo(2);
        return " at " + position.column();
    }

    @Test
    void toString_branchAndNegation_tellHowTheTermDecided() {
        assertThat(only("permit(principal, action, resource)\nwhen { if 2 < 1 then true else !(1 < 2) };")
                        .cause())
                .hasToString("""
                        does not apply: its condition 1 is not met
                          line 2, column 11: if 2 < 1 is false, so 'else' counts
                          line 2, column 34: when 1 < 2 is true, which ! makes false""");
    }

    @Test
    void explain_link_hasPositionsAndAnnotationsOfItsTemplate() {
        PolicySet policies = PolicySet.parse("@why(\"shared\")\npermit(principal == ?principal, action, resource);")
                .link("policy0", "bob's", Map.of(Slot.PRINCIPAL, EntityUid.of("User", "bob")));

        PolicyTrace trace = explain(policies).policies().get(0);

        assertThat(trace.templateId()).isEqualTo("policy0");
        assertThat(trace.annotations()).containsEntry("why", "shared");
        assertThat(trace.cause())
                .isEqualTo(new OutOfScope(
                        Variable.PRINCIPAL,
                        "principal == User::\"bob\"",
                        EntityUid.of("User", "alice"),
                        new Position(2, 8)));
    }

    @Test
    void toString_severalPolicies_isABlockForEach() {
        Explanation explanation = explain(PolicySet.parse("""
                permit(principal == User::"bob", action, resource);
                permit(principal, action, resource) when { context.mfa };
                permit(principal, action, resource) when { principal == resource };
                @id("no")
                forbid(principal, action, resource);"""));

        assertThat(explanation).hasToString("""
                        FORBIDDEN by [policy3], with errors %s

                        policy3 (forbid at line 4, column 1) applies
                          @id("no")

                        policy1 (permit at line 2, column 1) is left out: its condition 1 cannot be evaluated
                          line 2, column 44: when context.mfa fails (ATTRIBUTE_MISSING): %s

                        policy0 (permit at line 1, column 1) does not apply: its scope does not match
                          line 1, column 8: principal == User::"bob", but it is User::"alice"

                        policy2 (permit at line 3, column 1) does not apply: its condition 1 is not met
                          line 3, column 44: when principal == resource is false""".formatted(
                        explanation.decision().errors(),
                        explanation.decision().errors().get(0).detail()));
    }
}
