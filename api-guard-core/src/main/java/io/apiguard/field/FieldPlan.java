package io.apiguard.field;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a JSON document are masked, and for whom; compiled once, from annotated types and from path rules.
 *
 * <p>A plan is a graph that is walked along with the document: a {@link Node} stands for a value, and says for each
 * member or element the {@link Step} that leads on. Recursive models make cycles. Immutable and thread-safe.
 */
public final class FieldPlan {

    private static final FieldPlan NONE = none(new Builder());

    private final Step root;
    private final boolean empty;

    private FieldPlan(Step root) {
        this.root = root;
        this.empty = !masksAnything(root);
    }

    /** {@return the plan that masks nothing} */
    public static FieldPlan none() {
        return NONE;
    }

    /** {@return a builder of a plan} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether no document could have a value that this plan masks} */
    public boolean isEmpty() {
        return empty;
    }

    /** {@return the step to the root value} */
    public Step root() {
        return root;
    }

    private static FieldPlan none(Builder builder) {
        return builder.build(null, builder.node());
    }

    private static boolean masksAnything(Step root) {
        return root.rule() != null
                || reachable(root).stream().flatMap(Node::steps).anyMatch(step -> step.rule() != null);
    }

    /**
     * {@return the names of the members that the plan masks wherever that may be, sorted; {@code *} stands for members of any name and
     * for elements}
     */
    public SortedSet<String> maskedNames() {
        SortedSet<String> names = new TreeSet<>();
        if (root.rule() != null) {
            names.add("*");
        }
        for (Node node : reachable(root)) {
            node.named.forEach((name, step) -> addIfMasked(names, name, step));
            Stream.concat(Stream.of(node.member, node.element), node.indexed.values().stream())
                    .forEach(step -> addIfMasked(names, "*", step));
        }
        return Collections.unmodifiableSortedSet(names);
    }

    private static void addIfMasked(Set<String> names, String name, Step step) {
        if (step.rule() != null) {
            names.add(name);
        }
    }

    private static Set<Node> reachable(Step root) {
        Set<Node> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(root.node()));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.add(node)) {
                node.steps().forEach(step -> open.push(step.node()));
            }
        }
        return seen;
    }

    /**
     * The way from a value to one of its members or elements.
     *
     * @param rule how the member or element is masked, or {@code null} if it is shown
     * @param node what is known of its inside
     */
    public record Step(@Nullable FieldRule rule, Node node) {}

    /** What is known of the inside of a value, be it an object, an array or neither. */
    public static final class Node {
        private final Map<String, Step> named = new HashMap<>();
        private final Map<Integer, Step> indexed = new HashMap<>();
        private NameIndex names = NameIndex.of(named);
        private Step member = new Step(null, this);
        private Step element = member;

        private Node() {}

        /**
         * Finds the step to a member.
         *
         * @param utf8 holds the member's name, escapes resolved, in UTF-8
         * @param from the index of the name's first byte
         * @param to the index just after its last byte
         * @return the step to the member
         */
        public Step member(byte[] utf8, int from, int to) {
            Step step = names.find(utf8, from, to);
            return step == null ? member : step;
        }

        /**
         * Finds the step to a member.
         *
         * @param name the member's name
         * @return the step to the member
         */
        public Step member(String name) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            return member(utf8, 0, utf8.length);
        }

        /**
         * Finds the step to an element.
         *
         * @param index the element's index, from 0
         * @return the step to the element
         */
        public Step element(int index) {
            Step step = indexed.isEmpty() ? null : indexed.get(index);
            return step == null ? element : step;
        }

        private Stream<Step> steps() {
            return Stream.of(named.values().stream(), indexed.values().stream(), Stream.of(member, element))
                    .flatMap(steps -> steps);
        }
    }

    /**
     * Puts a plan together, node by node, so that nodes can refer to each other in cycles. Of a node to which nothing
     * is added all members and elements are shown, at any depth. Not thread-safe; of no use once the plan is built.
     */
    public static final class Builder {
        private final List<Node> nodes = new ArrayList<>();
        private boolean built;

        private Builder() {}

        /** {@return a new node, to be filled} */
        public Node node() {
            Node node = new Node();
            nodes.add(node);
            return node;
        }

        /**
         * Says what a member of one name is.
         *
         * @param node the object
         * @param name the member's name as it stands in the document, escapes resolved
         * @param rule how the member is masked, or {@code null} if it is shown
         * @param inside what is known of its inside
         * @return this builder
         * @throws IllegalStateException if the plan was built
         */
        public Builder member(Node node, String name, @Nullable FieldRule rule, Node inside) {
            open(node).named.put(name, new Step(rule, inside));
            return this;
        }

        /**
         * Says what the members of all other names are.
         *
         * @param node the object
         * @param rule how they are masked, or {@code null} if they are shown
         * @param inside what is known of their inside
         * @return this builder
         * @throws IllegalStateException if the plan was built
         */
        public Builder otherMembers(Node node, @Nullable FieldRule rule, Node inside) {
            open(node).member = new Step(rule, inside);
            return this;
        }

        /**
         * Says what one element is.
         *
         * @param node the array
         * @param index the element's index, from 0
         * @param rule how the element is masked, or {@code null} if it is shown
         * @param inside what is known of its inside
         * @return this builder
         * @throws IllegalStateException if the plan was built
         */
        public Builder element(Node node, int index, @Nullable FieldRule rule, Node inside) {
            open(node).indexed.put(index, new Step(rule, inside));
            return this;
        }

        /**
         * Says what all other elements are.
         *
         * @param node the array
         * @param rule how they are masked, or {@code null} if they are shown
         * @param inside what is known of their inside
         * @return this builder
         * @throws IllegalStateException if the plan was built
         */
        public Builder otherElements(Node node, @Nullable FieldRule rule, Node inside) {
            open(node).element = new Step(rule, inside);
            return this;
        }

        /**
         * Ends the building.
         *
         * @param rule how the document as a whole is masked, or {@code null} if it is shown
         * @param root the node of the root value
         * @return the plan
         * @throws IllegalStateException if the plan was built before
         */
        public FieldPlan build(@Nullable FieldRule rule, Node root) {
            open(root);
            for (Node node : nodes) {
                node.names = NameIndex.of(node.named);
            }
            built = true;
            return new FieldPlan(new Step(rule, root));
        }

        private Node open(Node node) {
            if (built) {
                throw new IllegalStateException("the plan was built already");
            }
            return node;
        }
    }
}
