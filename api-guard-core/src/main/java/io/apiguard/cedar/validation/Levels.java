package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Printer;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.validation.Finding.Severity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks how far from the request the entities stand whose data a policy asks for (RFC 76): those that the request names need level 1, those that
 * the data of these name level 2, and so on. An entity that is written down in the policy can be reached at no level.
 *
 * <p>Of one policy and one thread.
 */
final class Levels {

    /** No number of steps leads to an entity that the policy itself names. */
    private static final int NEVER = Integer.MAX_VALUE / 2;

    /** Further ones would say the same of further places. */
    private static final int MOST_FINDINGS = 100;

    private static final int LONGEST_SHOWN = 1_000;

    private final String id;
    private final Positions positions;
    private final int level;
    private final Set<Finding> findings = new LinkedHashSet<>();

    Levels(String id, Positions positions, int level) {
        this.id = id;
        this.positions = positions;
        this.level = level;
    }

    Set<Finding> findings() {
        return findings;
    }

    boolean areMany() {
        return findings.size() >= MOST_FINDINGS;
    }

    /** What a request names has its ancestors at level 1. */
    void check(Policy policy) {
        if (level > 0) {
            return;
        }
        Stream.of(policy.principal(), policy.action(), policy.resource())
                .filter(scope ->
                        scope instanceof Scope.In || scope instanceof Scope.IsIn || scope instanceof Scope.InAny)
                .forEach(scope -> report(scope, policy, "'in' in the scope needs level 1, not " + level));
    }

    private void report(Object part, Object around, String message) {
        Position place = positions.of(part);
        findings.add(new Finding(id, Severity.ERROR, message, place != null ? place : positions.of(around)));
    }

    /** Returns what checks the policy in one environment, while its types are checked. */
    Trace in(Environment environment) {
        return new Walker(environment.action());
    }

    /** Knows which accesses are to entities, since what is inside an expression is told of before what is around it. */
    private final class Walker implements Trace {

        private final EntityUid action;
        private final Set<Expr> ofEntities = Collections.newSetFromMap(new IdentityHashMap<>());
        private final IdentityHashMap<Expr, Integer> known = new IdentityHashMap<>();
        private final Set<Expr> skipped = Collections.newSetFromMap(new IdentityHashMap<>());

        Walker(EntityUid action) {
            this.action = action;
        }

        @Override
        public void skipped(Expr branch) {
            skipped.add(branch);
        }

        @Override
        public void dereferenced(Expr by, Expr entity) {
            ofEntities.add(by);
            int steps = steps(entity);
            if (areMany()) {
                return;
            }
            if (steps >= NEVER) {
                report(
                        by,
                        entity,
                        "the data of an entity that only the policy names are there at no level: " + shown(entity));
            } else if (steps >= level) {
                report(by, entity, "the data of " + shown(entity) + " need level " + (steps + 1) + ", not " + level);
            }
        }

        /** Returns how many entities must be loaded before it is known which entity an expression is. */
        private int steps(Expr entity) {
            Integer steps = known.get(entity);
            if (steps == null) {
                steps = steps(entity, new ArrayDeque<>());
                known.put(entity, steps);
            }
            return steps;
        }

        /** Returns how many it are for an expression, or for something inside its record. */
        private int steps(Expr expr, Deque<String> path) {
            if (expr instanceof Expr.GetAttribute get) {
                return attribute(get, path);
            }
            if (expr instanceof Expr.Binary binary) {
                return binary.operator() == BinaryOperator.GET_TAG ? next(binary.left()) : 0;
            }
            if (expr instanceof Expr.If choice) {
                return Stream.of(choice.then(), choice.otherwise())
                        .filter(branch -> !skipped.contains(branch))
                        .mapToInt(branch -> steps(branch, new ArrayDeque<>(path)))
                        .max()
                        .orElse(0);
            }
            if (expr instanceof Expr.RecordOf record && !path.isEmpty()) {
                Expr member = record.members().get(path.pop());
                return member == null ? 0 : steps(member, path);
            }
            return expr instanceof Expr.Literal literal && !literal.value().equals(action) ? NEVER : 0;
        }

        private int attribute(Expr.GetAttribute get, Deque<String> path) {
            if (ofEntities.contains(get)) {
                return next(get.target());
            }
            path.push(get.name());
            return steps(get.target(), path);
        }

        private int next(Expr entity) {
            return Math.min(NEVER, steps(entity) + 1);
        }
    }

    /** An expression can be as long as its policy, and so can each that is part of it. */
    private static String shown(Expr expr) {
        String text = new Printer().print(expr);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    static List<Finding> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}
