package io.apiguard.redaction;

import io.apiguard.field.FieldPlan;
import io.apiguard.field.FieldPlan.Node;
import io.apiguard.field.FieldRule;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one plan: a node for every pair of a type and the places reached in the path rules. Types and places are
 * finite, and so is the plan, however the models refer to each other.
 */
final class PlanCompiler {

    private static final int MAX_STATES = 100_000;

    /** The type that nothing is known of. */
    private static final Type OPEN = Object.class;

    private final LearntTypes learnt;
    private final List<PathRule> rules;
    private final FieldPlan.Builder plan = FieldPlan.builder();
    private final Map<State, Node> nodes = new HashMap<>();
    private final Deque<State> unfilled = new ArrayDeque<>();

    PlanCompiler(LearntTypes learnt, List<PathRule> rules) {
        this.learnt = learnt;
        this.rules = rules;
    }

    private record State(Type type, PathState paths) {}

    FieldPlan compile(Type type) {
        if (rules.isEmpty() && learnt.sensitive().isEmpty() && !learnt.isAnyMapSensitive()) {
            return FieldPlan.none();
        }
        PathState paths = PathState.start(rules);
        Node root = node(type, paths);
        while (!unfilled.isEmpty()) {
            State state = unfilled.pop();
            fill(state, node(state.type(), state.paths()));
        }
        return plan.build(paths.matched(), root);
    }

    private Node node(Type type, PathState paths) {
        State state = new State(unwrapped(type), paths);
        Node node = nodes.get(state);
        if (node == null) {
            node = plan.node();
            nodes.put(state, node);
            unfilled.add(state);
            demandFewEnough();
        }
        return node;
    }

    /** The type within wrappers; whatever a mapper has to tell nothing of is open. */
    private Type unwrapped(Type type) {
        Shape shape = Shape.of(type);
        return switch (shape.kind()) {
            case OPEN -> OPEN;
            case WRAPPER -> unwrapped(shape.inner());
            case ELEMENTS, VALUES -> type;
            case MODEL -> shape.inner() == OPEN && learnt.model(type).isEmpty() ? OPEN : type;
        };
    }

    private void fill(State state, Node node) {
        Shape shape = Shape.of(state.type());
        Model model = learnt.model(state.type()).orElse(null);
        Type values = shape.kind() == Shape.Kind.VALUES ? shape.inner() : OPEN;
        FieldRule others = model == null ? null : model.others();
        Map<String, Model.Member> members = new LinkedHashMap<>();
        learnt.sensitive()
                .forEach((name, rule) -> members.put(name, new Model.Member(FieldRule.both(rule, others), values)));
        if (model != null) {
            model.members().forEach((name, member) -> members.put(name, withSubtypes(state.type(), name, member)));
        }
        for (String name : state.paths().names()) {
            members.putIfAbsent(name, new Model.Member(others, values));
        }
        members.forEach(
                (name, member) -> addMember(node, name, member, state.paths().member(name)));
        addOthers(node, new Model.Member(others, values), state.paths());
        addElements(node, shape.kind() == Shape.Kind.VALUES ? OPEN : shape.inner(), state.paths());
    }

    private Model.Member withSubtypes(Type type, String name, Model.Member member) {
        Class<?> raw = ModelTypes.raw(type);
        FieldRule more = raw == null ? null : learnt.ruleOfSubtypes(raw, name);
        return more == null ? member : new Model.Member(FieldRule.both(member.rule(), more), member.type());
    }

    private void addMember(Node node, String name, Model.Member member, PathState paths) {
        plan.member(node, name, FieldRule.both(member.rule(), paths.matched()), node(member.type(), paths));
    }

    private void addOthers(Node node, Model.Member member, PathState paths) {
        PathState next = paths.member(null);
        plan.otherMembers(node, FieldRule.both(member.rule(), next.matched()), node(member.type(), next));
    }

    private void addElements(Node node, Type type, PathState paths) {
        for (int index : paths.indexes()) {
            PathState next = paths.element(index);
            plan.element(node, index, next.matched(), node(type, next));
        }
        PathState next = paths.element(-1);
        plan.otherElements(node, next.matched(), node(type, next));
    }

    private void demandFewEnough() {
        if (nodes.size() > MAX_STATES) {
            throw new IllegalStateException("models and path rules make a plan of more than " + MAX_STATES
                    + " states: use fewer rules with '..' followed by several steps");
        }
    }
}
