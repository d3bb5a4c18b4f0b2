package io.apiguard.cedar.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds all that can be reached by going from parent to parent, in a graph with or without cycles. */
final class Reach {

    private Reach() {}

    /** Returns what can be reached in one step or more; the start only if it lies on a cycle. */
    static <T> Set<T> of(T start, Map<T, Set<T>> parents) {
        Set<T> reached = new HashSet<>();
        Deque<T> open = new ArrayDeque<>(parents.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            T next = open.pop();
            if (reached.add(next)) {
                open.addAll(parents.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }
}
