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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks policies against a schema, in the strict mode (Cedar Policy Language Reference, "Validation").
 *
 * <p>Immutable and thread-safe.
 */
public final class Validator {

    private final Schema schema;
    private final List<Environment> environments;

    private Validator(Schema schema, List<Environment> environments) {
        this.schema = schema;
        this.environments = environments;
    }

    /**
     * Returns a validator.
     *
     * @param schema what there is
     */
    public static Validator of(Schema schema) {
        List<Environment> environments = new ArrayList<>();
        schema.actions().forEach((action, definition) -> definition.principals().forEach(principal -> definition
                .resources()
                .forEach(resource ->
                        environments.add(new Environment(principal, action, resource, definition.context())))));
        return new Validator(schema, List.copyOf(environments));
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
        for (Environment environment : environments) {
            check(id, policy, positions, environment, levels.in(environment), new LinkedHashSet<>());
        }
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
        boolean matches = false;
        for (Environment environment : environments) {
            matches |= check(id, policy, positions, environment, Trace.NONE, findings);
        }
        if (!matches && findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            Position place = positions.of(policy);
            findings.add(new Finding(id, Severity.WARNING, "the policy can never apply", place));
        }
        findings.addAll(new SuspiciousText(id, positions).check(policy));
        return List.copyOf(findings);
    }

    /** Returns whether the policy can apply in this environment. */
    private boolean check(
            String id,
            Policy policy,
            Positions positions,
            Environment environment,
            Trace trace,
            Set<Finding> findings) {
        Bool scope = new ScopeTypes(schema, environment).type(policy);
        TypeChecker checker = new TypeChecker(schema, environment, trace);
        Bool result = scope;
        Set<Capability> known = Set.of();
        for (Condition condition : policy.conditions()) {
            if (result == Bool.FALSE) {
                return false;
            }
            try {
                Typed typed = checker.check(body(condition), known);
                if (!(typed.type() instanceof Bool bool)) {
                    throw new TypeFault(condition.body(), "expected Bool, found " + typed.type());
                }
                result = bool == Bool.FALSE ? Bool.FALSE : bool == Bool.TRUE ? result : Bool.ANY;
                known = Capability.union(known, typed.capabilities());
            } catch (TypeFault e) {
                Position place = positions.of(e.expr());
                String message = e.getMessage() + " (where " + environment + ")";
                findings.add(new Finding(id, Severity.ERROR, message, place != null ? place : positions.of(condition)));
                return true;
            }
        }
        return result != Bool.FALSE;
    }

    private static Expr body(Condition condition) {
        return condition.kind() == Condition.Kind.WHEN ? condition.body() : new Expr.Not(condition.body());
    }
}
