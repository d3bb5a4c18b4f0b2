package io.apiguard.cedar;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.Position;
import io.apiguard.cedar.value.Texts;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and for each policy what made it apply or not. Its text is for people who write policies; it may name entities and attributes.
 *
 * @param decision the answer
 * @param policies each policy once: first those that decided, then those that could not be evaluated, then the others that apply, then the rest
 */
public record Explanation(Decision decision, List<PolicyTrace> policies) {

    /** Copies the list. */
    public Explanation {
        policies = List.copyOf(policies);
    }

    static Explanation of(Decision decision, List<PolicyTrace> traces) {
        Set<String> deciding = Set.copyOf(decision.reasons());
        return new Explanation(
                decision,
                traces.stream()
                        .sorted(Comparator.comparingInt(trace -> rank(trace, deciding)))
                        .toList());
    }

    private static int rank(PolicyTrace trace, Set<String> deciding) {
        if (deciding.contains(trace.policyId())) {
            return 0;
        }
        return trace.cause() instanceof Failed ? 1 : trace.cause() instanceof Applies ? 2 : 3;
    }

    /**
     * What became of a policy.
     *
     * @param policyId its id
     * @param templateId the id of the template that it is made of, or {@code null}
     * @param effect what it does if it applies
     * @param annotations those of the policy, or of its template
     * @param position where the policy, or its template, stands; {@code null} if it was not read from text
     * @param cause which part of it decided whether it applies
     */
    public record PolicyTrace(
            String policyId,
            @Nullable String templateId,
            Effect effect,
            Map<String, String> annotations,
            @Nullable Position position,
            Cause cause) {

        /** Copies the map. */
        public PolicyTrace {
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }

        @Override
        public String toString() {
            String template = templateId == null ? "" : " of template " + templateId;
            String where = position == null ? "" : " at " + position;
            String head = policyId + " (" + effect.keyword() + template + where + ") " + cause;
            return annotations.entrySet().stream()
                    .map(entry -> "\n  @" + entry.getKey() + "(" + Texts.quoted(entry.getValue()) + ")")
                    .collect(Collectors.joining("", head, ""));
        }
    }

    /** Why a policy applies, or does not. */
    public sealed interface Cause {}

    /** The scope matches, and all conditions are met. */
    public record Applies() implements Cause {

        @Override
        public String toString() {
            return "applies";
        }
    }

    /**
     * A part of the scope does not match; what follows it was not looked at.
     *
     * @param part principal, action or resource
     * @param demanded what the policy demands of it, as it is written
     * @param found what the request has there
     * @param position where that part stands; {@code null} if that is not known
     */
    public record OutOfScope(
            Variable part,
            String demanded,
            EntityUid found,
            @Nullable Position position) implements Cause {

        @Override
        public String toString() {
            return "does not apply: its scope does not match" + line(position, demanded) + ", but it is " + found;
        }
    }

    /**
     * A branch of {@code if} that was taken on the way to what decided.
     *
     * @param condition what stands after {@code if}
     * @param outcome what that is: true for the branch after {@code then}
     * @param position where the condition stands; {@code null} if that is not known
     */
    public record Choice(
            Expr condition, boolean outcome, @Nullable Position position) {

        @Override
        public String toString() {
            return line(position, "if " + new Printer().print(condition)) + " is " + outcome + ", so '"
                    + (outcome ? "then" : "else") + "' counts";
        }
    }

    /**
     * A condition is not met; what follows it was not evaluated.
     *
     * @param kind whether it had to be true or false
     * @param number which of the conditions it is, counted from 1
     * @param choices which branches of {@code if} lead to the term, the outermost first
     * @param term what in the condition decided: the smallest part that {@code &&}, {@code ||}, {@code !} and {@code if} hand on
     * @param outcome what the term is; below a {@code !} that can be the contrary of what the condition is
     * @param position where the term stands; {@code null} if that is not known
     */
    public record NotMet(
            Condition.Kind kind,
            int number,
            List<Choice> choices,
            Expr term,
            boolean outcome,
            @Nullable Position position)
            implements Cause {

        /** Copies the list. */
        public NotMet {
            choices = List.copyOf(choices);
        }

        @Override
        public String toString() {
            return "does not apply: its condition " + number + " is not met" + lines(choices)
                    + line(position, text(kind, term)) + " is " + outcome
                    + (outcome == (kind == Condition.Kind.UNLESS) ? "" : ", which ! makes " + !outcome);
        }
    }

    /**
     * A condition could not be evaluated, so the policy was left out.
     *
     * @param kind whether it had to be true or false
     * @param number which of the conditions it is, counted from 1
     * @param choices which branches of {@code if} lead to the term, the outermost first
     * @param term what in the condition failed: the smallest part that {@code &&}, {@code ||}, {@code !} and {@code if} hand on
     * @param error why
     * @param detail why, in words
     * @param position where the term stands; {@code null} if that is not known
     */
    public record Failed(
            Condition.Kind kind,
            int number,
            List<Choice> choices,
            Expr term,
            ErrorKind error,
            String detail,
            @Nullable Position position)
            implements Cause {

        /** Copies the list. */
        public Failed {
            choices = List.copyOf(choices);
        }

        @Override
        public String toString() {
            return "is left out: its condition " + number + " cannot be evaluated" + lines(choices)
                    + line(position, text(kind, term)) + " fails (" + error + "): " + detail;
        }
    }

    private static String lines(List<Choice> choices) {
        return choices.stream().map(Choice::toString).collect(Collectors.joining());
    }

    private static String line(@Nullable Position position, String text) {
        return "\n  " + (position == null ? "" : position + ": ") + text;
    }

    private static String text(Condition.Kind kind, Expr term) {
        return kind.keyword() + " " + new Printer().print(term);
    }

    /** Returns one line for the decision and a block for each policy, an empty line before each. */
    @Override
    public String toString() {
        return policies.stream().map(trace -> "\n\n" + trace).collect(Collectors.joining("", decision.toString(), ""));
    }
}
