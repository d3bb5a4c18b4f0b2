package io.apiguard.cedar.schema;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Finds all that can be reached by going from parent to parent, in a graph with or without cycles. */
final class Reach<T> {

    private final Map<T, Set<T>> parents;
    private final IdentityHashMap<Set<T>, Set<T>> known = new IdentityHashMap<>();

    Reach(Map<T, Set<T>> parents) {
        this.parents = parents;
    }

    /** Returns what can be reached in one step or more; the start only if it lies on a cycle. Unmodifiable. */
    Set<T> of(T start) {
        return known.computeIfAbsent(parents.getOrDefault(start, Set.of()), this::from);
    }

    /** Goes through each set of parents once, though many may have the same one. */
    private Set<T> from(Set<T> start) {
        Set<T> reached = new HashSet<>();
        Set<Set<T>> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Set<T>> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            Set<T> next = open.pop();
            if (gone.add(next)) {
                next.stream().filter(reached::add).forEach(found -> open.add(parents.getOrDefault(found, Set.of())));
            }
        }
        return Set.copyOf(reached);
    }
}
