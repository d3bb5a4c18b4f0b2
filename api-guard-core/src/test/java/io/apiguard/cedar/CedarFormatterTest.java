package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.format.CedarFormatter;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.parser.SourceToken;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.LongValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is formatted says the same, keeps its comments, and is formatted already. */
class CedarFormatterTest {

    private static final List<String> GAPS =
            List.of(" ", " ", "\n", "\t", "\r\n", "\n\n\n", " // c%d\n", "\n// c%d \n", "\n\n//c%d\r");

    @Property(tries = 500)
    void format_anyTextWithAnyCommentsAndSpace_keepsAllAndStays(@ForAll long seed) {
        Random random = new Random(seed);
        RandomCedar cedar = new RandomCedar(seed);
        List<Policy> policies = List.of(cedar.policy(false), cedar.policy(true), cedar.policy(false));
        List<String> comments = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        policies.forEach(policy -> text.append(sprinkled(policy.toString(), random, comments)));
        int width = 1 + random.nextInt(120);

        String formatted = CedarFormatter.format(text.toString(), width);

        assertThat(CedarParser.policies(formatted))
                .extracting(ParsedPolicy::policy)
                .isEqualTo(policies);
        assertThat(comments(formatted)).isEqualTo(comments);
        assertThat(CedarFormatter.format(formatted, width)).isEqualTo(formatted);
        assertThat(formatted.lines()).noneMatch(line -> line.endsWith(" "));
    }

    private static String sprinkled(String policy, Random random, List<String> comments) {
        StringBuilder text = new StringBuilder();
        int bound = random.nextInt(4) == 0 ? GAPS.size() : 6;
        for (SourceToken token : SourceToken.of(policy)) {
            text.append(token.text());
            String gap = GAPS.get(random.nextInt(bound));
            if (gap.contains("//")) {
                comments.add(gap.formatted(comments.size()).strip());
            }
            text.append(gap.formatted(comments.size() - 1));
        }
        return text.toString();
    }

    private static List<String> comments(String text) {
        List<String> comments = new ArrayList<>();
        for (SourceToken token : SourceToken.of(text)) {
            token.before().forEach(comment -> comments.add(comment.text()));
            if (token.after() != null) {
                comments.add(token.after());
            }
        }
        return comments;
    }

    @Property(tries = 1000)
    void format_policiesWithoutComments_breaksLinesBeforeTheyAreTooLong(@ForAll long seed) {
        String formatted =
                CedarFormatter.format(new RandomCedar(seed).policy(false).toString(), 80);

        assertThat(formatted.lines().filter(line -> line.codePointCount(0, line.length()) > 80))
                .allMatch(line -> !line.strip().matches(".*(&&|\\|\\|) .*"));
    }

    @Test
    void format_shortPolicy_staysOnItsLines() {
        assertThat(CedarFormatter.format(
                        "@id( \"a\" ) permit(principal,action , resource,)when{principal==resource.owner};"))
                .isEqualTo("""
                        @id("a")
                        permit (principal, action, resource)
                        when { principal == resource.owner };
                        """);
    }

    @Test
    void format_longPolicy_isBroken() {
        assertThat(CedarFormatter.format("""
                        // The house rules.

                        // Who may view.
                        permit(principal in Group::"everybody in the house", action in [Action::"view", Action::"list"], resource is Photo)
                        when { resource.public || resource.owner == principal && context.authenticated || principal in resource.readers };
                        forbid(principal, action, resource) // all of it
                        unless { if context.local then true else ip("10.0.0.0/8").isLoopback() };
                        // The end.
                        """)).isEqualTo("""
                        // The house rules.

                        // Who may view.
                        permit (
                          principal in Group::"everybody in the house",
                          action in [Action::"view", Action::"list"],
                          resource is Photo
                        )
                        when {
                          resource.public ||
                          resource.owner == principal && context.authenticated ||
                          principal in resource.readers
                        };

                        forbid (principal, action, resource) // all of it
                        unless { if context.local then true else ip("10.0.0.0/8").isLoopback() };

                        // The end.
                        """);
    }

    @Test
    void format_narrow_indentsWhatBelongsTogether() {
        assertThat(CedarFormatter.format(
                        "permit(principal, action, resource) when { context.a && [1, 2, 3, 4, 5].contains(context.number)"
                                + " || {a: 1, \"b c\": -2} == context.record };",
                        24))
                .isEqualTo("""
                        permit (
                          principal,
                          action,
                          resource
                        )
                        when {
                          context.a &&
                            [
                              1,
                              2,
                              3,
                              4,
                              5
                            ].contains(
                              context.number
                            ) ||
                          {a: 1, "b c": -2} ==
                            context.record
                        };
                        """);
    }

    @Test
    void format_commentsWithin_stayAtTheirWords() {
        assertThat(CedarFormatter.format("permit(principal, // anybody\naction, resource) when {\n// first\na.b\n};"
                        .replace("a.b", "context.b && // and\ntrue")))
                .isEqualTo("""
                        permit (
                          principal, // anybody
                          action,
                          resource
                        )
                        when {
                          // first
                          context.b && // and
                          true
                        };
                        """);
    }

    @Test
    void format_nothing_isNothing() {
        assertThat(CedarFormatter.format(" \n ")).isEmpty();
        assertThat(CedarFormatter.format("\n// only\n\n\n// this")).isEqualTo("// only\n\n// this\n");
    }

    @Test
    void format_largeText_isNotSlow() {
        String terms = "(context.a == \"b\") && ".repeat(5000) + "[".repeat(150) + "]".repeat(150) + " == []";

        assertTimeout(
                Duration.ofSeconds(30),
                () -> CedarFormatter.format("permit(principal, action, resource) when { " + terms + " };"));
    }

    @Test
    void format_wrongArguments_refuses() {
        assertThatThrownBy(() -> CedarFormatter.format("permit(principal);")).isInstanceOf(CedarException.class);
        assertThatThrownBy(() -> CedarFormatter.format("", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_minusBeforeWhatIsAskedOfANumber_staysAMinus() {
        Expr call = CedarParser.expression("1.toMinutes()");

        assertThat(CedarParser.expression("-1.toMinutes()")).isEqualTo(new Expr.Negate(call));
        assertThat(CedarParser.expression("--1.toMinutes()")).isEqualTo(new Expr.Negate(new Expr.Negate(call)));
        assertThat(CedarParser.expression("-1")).isEqualTo(new Expr.Literal(new LongValue(-1)));
        assertThat(CedarParser.expression("--1")).isEqualTo(new Expr.Negate(new Expr.Literal(new LongValue(-1))));
        assertThat(new Printer().print(new Expr.Negate(call))).isEqualTo("-1.toMinutes()");
    }
}
