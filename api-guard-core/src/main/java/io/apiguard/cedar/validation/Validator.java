package io.apiguard.cedar.validation;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding.Severity;
import io.apiguard.cedar.value.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks policies against a schema, in the strict mode (Cedar Policy Language Reference, "Validation").
 *
 * <p>Immutable and thread-safe.
 */
public final class Validator {

    /** Further errors of a policy are most likely the same one, for other kinds of request. */
    private static final int MOST_ERRORS = 100;

    /** How many expressions of a policy are checked at most, each as often as there are kinds of request; but in so many of these at least. */
    private static final int MOST_CHECKS = 20_000_000;

    private static final int FEWEST_ENVIRONMENTS = 10_000;

    private final Schema schema;

    private Validator(Schema schema) {
        this.schema = schema;
    }

    /**
     * Returns a validator.
     *
     * @param schema what there is
     */
    public static Validator of(Schema schema) {
        return new Validator(schema);
    }

    /**
     * Checks all policies and templates of a set.
     *
     * @param policies any policy set
     * @return what there is to say, in the order of the policies; the set is valid if none of it is an error
     */
    public List<Finding> validate(PolicySet policies) {
        List<Finding> findings = new ArrayList<>();
        policies.staticPolicies()
                .forEach((id, parsed) -> findings.addAll(validate(id, parsed.policy(), parsed.positions())));
        policies.templates()
                .forEach((id, parsed) -> findings.addAll(validate(id, parsed.policy(), parsed.positions())));
        policies.policies().forEach((id, policy) -> {
            if (policies.links().containsKey(id)) {
                findings.addAll(new Names(schema, id, Positions.NONE).check(policy));
            }
        });
        return findings;
    }

    /**
     * Checks all policies and templates of a set, and how far from a request the entities stand whose data they need (RFC 76).
     *
     * @param policies any policy set
     * @param level how far: 0 is no data at all, 1 those of the entities that a request names, 2 those of the entities that these name too, and so
     *     on
     * @return what there is to say; the levels of a policy are checked only if it has no other error
     */
    public List<Finding> validateLevel(PolicySet policies, int level) {
        if (level < 0) {
            throw new IllegalArgumentException("a level is 0 or more, not " + level);
        }
        List<Finding> findings = new ArrayList<>(validate(policies));
        Set<String> refused =
                Levels.errors(findings).stream().map(Finding::policyId).collect(Collectors.toSet());
        Stream.of(policies.staticPolicies(), policies.templates())
                .flatMap(all -> all.entrySet().stream())
                .filter(entry -> !refused.contains(entry.getKey()))
                .forEach(entry -> findings.addAll(level(
                        entry.getKey(),
                        entry.getValue().policy(),
                        entry.getValue().positions(),
                        level)));
        return findings;
    }

    private Set<Finding> level(String id, Policy policy, Positions positions, int level) {
        Levels levels = new Levels(id, positions, level);
        levels.check(policy);
        Set<Finding> others = new LinkedHashSet<>();
        new Environments(schema, policy).all(environment -> {
            check(id, policy, positions, environment, levels.in(environment), others);
            return !levels.areMany();
        });
        return levels.findings();
    }

    /**
     * Checks a policy or template.
     *
     * @param id its id
     * @param policy any policy or template
     * @param positions where its parts stand, as far as that is known
     * @return what there is to say; the policy is valid if none of it is an error
     */
    public List<Finding> validate(String id, Policy policy, Positions positions) {
        Set<Finding> findings = new LinkedHashSet<>(new Names(schema, id, positions).check(policy));
        boolean matches = checkTypes(id, policy, positions, findings);
        if (!matches && findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            Position place = positions.of(policy);
            findings.add(new Finding(id, Severity.WARNING, "the policy can never apply", place));
        }
        findings.addAll(new SuspiciousText(id, positions).check(policy));
        return List.copyOf(findings);
    }

    /** Checks a policy in all kinds of requests; returns whether it can apply in one of them. */
    private boolean checkTypes(String id, Policy policy, Positions positions, Set<Finding> findings) {
        Environments environments = new Environments(schema, policy);
        int most = Math.max(FEWEST_ENVIRONMENTS, MOST_CHECKS / (environments.size() + 1));
        AtomicInteger count = new AtomicInteger();
        AtomicBoolean matches = new AtomicBoolean();
        environments.all(environment -> {
            if (count.incrementAndGet() > most) {
                findings.add(tooMany(id, most, positions.of(policy)));
            } else if (check(id, policy, positions, environment, Trace.NONE, findings)) {
                matches.set(true);
            }
            return count.get() <= most && findings.size() < MOST_ERRORS;
        });
        return matches.get();
    }

    private static Finding tooMany(String id, int most, @Nullable Position place) {
        String message =
                "more than " + most + " kinds of request to check the policy in; name in its scope what it is about";
        return new Finding(id, Severity.ERROR, message, place);
    }

    /** Returns whether the policy can apply in this environment. */
    private boolean check(
            String id,
            Policy policy,
            Positions positions,
            Environment environment,
            Trace trace,
            Set<Finding> findings) {
        TypeChecker checker = new TypeChecker(schema, environment, trace);
        Capability.Growing gained = new Capability.Growing(Known.NOTHING, Set.of());
        for (Condition condition : policy.conditions()) {
            try {
                Typed typed = checker.check(body(condition), gained.withKnown());
                if (!(typed.type() instanceof Bool bool)) {
                    throw new TypeFault(condition.body(), "expected Bool, found " + typed.type());
                }
                if (bool == Bool.FALSE) {
                    return false;
                }
                gained.add(typed.capabilities());
            } catch (TypeFault e) {
                Position place = positions.of(e.expr());
                String message = e.getMessage() + " (where " + environment + ")";
                findings.add(new Finding(id, Severity.ERROR, message, place != null ? place : positions.of(condition)));
                return true;
            }
        }
        return true;
    }

    private static Expr body(Condition condition) {
        return condition.kind() == Condition.Kind.WHEN ? condition.body() : new Expr.Not(condition.body());
    }
}
