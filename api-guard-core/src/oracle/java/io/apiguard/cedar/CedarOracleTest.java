package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Exprs;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.json.PolicyJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.CedarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Asks the reference engine in Rust the same questions, with {@code -Pcedar-oracle}. {@code -Dcedar.oracle.seed} chooses others,
 * {@code -Dcedar.oracle.requests}, {@code -Dcedar.oracle.validations}, {@code -Dcedar.oracle.levels},
 * {@code -Dcedar.oracle.texts} and {@code -Dcedar.oracle.schemas} how many.
 */
class CedarOracleTest {

    private static final int REQUESTS_PER_POLICY_SET = 50;
    private static final int POLICIES_PER_SCHEMA = 10;
    private static final int STEP = 50_000;
    private static final int SHOWN = 20;

    /** An attribute: of the reference's two declarations the last one counts. A documented difference. */
    private static final String DECLARED_TWICE = "stands in the record twice";

    private final RustCedar rust = new RustCedar();
    private final List<String> differences = new ArrayList<>();
    private final long seed = Long.getLong("cedar.oracle.seed", 1);
    private long allowed;
    private long failing;
    private long refused;
    private long faulty;

    @Test
    void decide_randomRequests_answersAsTheReference() {
        long wanted = Long.getLong("cedar.oracle.requests", 1_000_000);
        long asked = 0;
        for (long round = 0; asked < wanted; round++) {
            RandomCedar random = round % 50 == 0 ? new RandomCedar(seed + round) : RandomCedar.small(seed + round);
            PolicySet policies = random.policies(8);
            List<Entity> entities = random.entities();
            RustCedar.Prepared prepared = rust.prepare(policies, entities);
            Authorizer authorizer = Authorizer.of(policies);
            Entities store = Entities.of(entities);
            for (int i = 0; i < REQUESTS_PER_POLICY_SET; i++) {
                CedarRequest request = random.request();
                compare(
                        prepared.decide(request),
                        answer(authorizer.decide(request, store)),
                        request,
                        policies,
                        entities);
                asked++;
            }
            if (asked % STEP == 0) {
                System.out.println(
                        "cedar oracle: after " + asked + " requests, " + differences.size() + " differences");
            }
        }
        System.out.println("cedar oracle: " + asked + " requests, " + differences.size() + " differences, seed " + seed
                + " (" + allowed + " allowed, " + failing + " with errors)");
        assertThat(differences.stream().limit(SHOWN)).isEmpty();
    }

    @Test
    void validate_randomPolicies_judgesAsTheReference() {
        long wanted = Long.getLong("cedar.oracle.validations", 50_000);
        long judged = 0;
        for (long round = 0; judged < wanted; round++) {
            String text = new RandomSchema(seed + round).text();
            Schema schema = schema(text);
            if (schema == null) {
                assertThat(rust.takes(text)).as(text).isFalse();
                faulty++;
                continue;
            }
            PolicySet policies = policies(new RandomTypedCedar(schema, seed + round));
            compare(rust.refused(text, policies), Validator.of(schema).validate(policies), text, policies);
            judged += POLICIES_PER_SCHEMA;
        }
        System.out.println("cedar oracle: " + judged + " validations, " + differences.size() + " differences, seed "
                + seed + " (" + refused + " refused, " + faulty + " schemas not taken)");
        assertThat(differences.stream().limit(SHOWN)).isEmpty();
    }

    @Test
    void validateLevel_randomPolicies_judgesAsTheReference() {
        long wanted = Long.getLong("cedar.oracle.levels", 50_000);
        long judged = 0;
        for (long round = 0; judged < wanted; round++) {
            String text = new RandomSchema(seed + round).text();
            Schema schema = schema(text);
            if (schema != null) {
                PolicySet policies = policies(new RandomTypedCedar(schema, seed + round));
                int level = (int) (round % 4);
                List<Finding> findings = Validator.of(schema).validateLevel(policies, level);
                compare(rust.refusedAtLevel(text, policies, level), findings, "level " + level + "\n" + text, policies);
                judged += POLICIES_PER_SCHEMA;
            }
        }
        System.out.println("cedar oracle: " + judged + " validations of levels, " + differences.size()
                + " differences, seed " + seed + " (" + refused + " refused)");
        assertThat(differences.stream().limit(SHOWN)).isEmpty();
    }

    @Test
    void parse_spoiledPolicies_readsAsTheReference() {
        long wanted = Long.getLong("cedar.oracle.texts", 200_000);
        long taken = 0;
        for (long round = 0; round < wanted; round++) {
            RandomCedar random = RandomCedar.small(seed + round);
            String text = new RandomText(seed + round)
                    .spoiled(random.policy(round % 4 == 0).toString());
            Policy found = parsed(text);
            boolean expected = rust.parses(text);
            taken += expected ? 1 : 0;
            if (expected != (found != null)) {
                differences.add("\ntaken must be: " + expected + " for\n" + text);
            } else if (found != null && !found.isTemplate()) {
                compare(PolicyJson.read(rust.json(text)), found, text);
            }
        }
        System.out.println("cedar oracle: " + wanted + " texts, " + differences.size() + " differences, seed " + seed
                + " (" + taken + " taken)");
        assertThat(differences.stream().limit(SHOWN)).isEmpty();
    }

    @Test
    void parse_spoiledSchemas_takesAsTheReference() {
        long wanted = Long.getLong("cedar.oracle.schemas", 50_000);
        long taken = 0;
        long stricter = 0;
        for (long round = 0; round < wanted; round++) {
            String text = new RandomText(seed + round).spoiled(new RandomSchema(seed + round).text());
            boolean expected = rust.takes(text);
            taken += expected ? 1 : 0;
            String fault = fault(text);
            if (expected && fault != null && fault.contains(DECLARED_TWICE)) {
                stricter++;
            } else if (expected != (fault == null)) {
                differences.add("\ntaken must be: " + expected + ", found " + fault + " for\n" + text);
            }
        }
        System.out.println("cedar oracle: " + wanted + " schemas, " + differences.size() + " differences, seed " + seed
                + " (" + taken + " taken; " + stricter + " more refused here, as documented)");
        assertThat(differences.stream().limit(SHOWN)).isEmpty();
    }

    private static @Nullable Policy parsed(String text) {
        try {
            return CedarParser.policy(text).policy();
        } catch (CedarException e) {
            return null;
        }
    }

    private void compare(Policy expected, Policy found, String text) {
        if (!plain(found).equals(expected)) {
            differences.add("\nexpected " + expected + ",\nfound    " + found + "\nfor      " + text);
        }
    }

    /** The reference writes {@code action in [a]} as {@code action in a}, and {@code x has a.b} as {@code x has a && x.a has b}. */
    private static Policy plain(Policy policy) {
        Scope action =
                policy.action() instanceof Scope.InAny any && any.entities().size() == 1
                        ? new Scope.In(new EntityReference.Named(any.entities().get(0)))
                        : policy.action();
        List<Condition> conditions = policy.conditions().stream()
                .map(condition -> new Condition(condition.kind(), plain(condition.body())))
                .toList();
        return new Policy(
                policy.effect(), policy.annotations(), policy.principal(), action, policy.resource(), conditions);
    }

    private static Expr plain(Expr expr) {
        Expr plain = Exprs.withParts(
                expr, Exprs.parts(expr).stream().map(CedarOracleTest::plain).toList());
        if (!(plain instanceof Expr.Has has) || has.path().size() == 1) {
            return plain;
        }
        List<Expr> steps = new ArrayList<>();
        Expr target = has.target();
        for (String name : has.path()) {
            steps.add(new Expr.Has(target, List.of(name)));
            target = new Expr.GetAttribute(target, name);
        }
        return new Expr.And(steps);
    }

    private static @Nullable Schema schema(String text) {
        return fault(text) == null ? Schema.of(SchemaParser.parse(text)) : null;
    }

    private static @Nullable String fault(String schema) {
        try {
            Schema.of(SchemaParser.parse(schema));
            return null;
        } catch (CedarException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static PolicySet policies(RandomTypedCedar random) {
        PolicySet.Builder policies = PolicySet.EMPTY.toBuilder();
        for (int i = 0; i < POLICIES_PER_SCHEMA; i++) {
            policies.add("p" + i, CedarParser.policy(random.policy().toString()));
        }
        return policies.build();
    }

    private void compare(Map<String, String> expected, List<Finding> findings, String schema, PolicySet policies) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        Set<String> found = errors.stream().map(Finding::policyId).collect(Collectors.toCollection(TreeSet::new));
        refused += expected.size();
        for (int i = 0; i < POLICIES_PER_SCHEMA; i++) {
            String id = "p" + i;
            if (found.contains(id) != expected.containsKey(id)) {
                differences.add("\nexpected " + expected.get(id) + ", found " + errors + " for "
                        + policies.staticPolicies()
                                .getOrDefault(id, policies.templates().get(id))
                                .policy() + "\nby " + schema);
            }
        }
    }

    private static RustCedar.Answer answer(Decision decision) {
        Set<String> errors = decision.errors().stream()
                .map(Decision.PolicyError::policyId)
                .collect(Collectors.toCollection(TreeSet::new));
        return new RustCedar.Answer(decision.isAllowed(), new TreeSet<>(decision.reasons()), errors);
    }

    private void compare(
            RustCedar.Answer expected,
            RustCedar.Answer answer,
            CedarRequest request,
            PolicySet policies,
            List<Entity> entities) {
        allowed += expected.allowed() ? 1 : 0;
        failing += expected.errors().isEmpty() ? 0 : 1;
        if (!answer.equals(expected)) {
            differences.add("\nexpected " + expected + ", found " + answer + " to " + request + " by "
                    + policies.policies() + " with " + entities);
        }
    }
}
