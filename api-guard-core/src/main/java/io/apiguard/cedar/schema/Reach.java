package io.apiguard.cedar.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds all that can be reached by going from parent to parent, in a graph with or without cycles.
 *
 * <p>What there is is numbered, so that thousands of types in each other cost a bit for each two of them and not an entry of a set.
 */
final class Reach<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> members = new ArrayList<>();
    private final IdentityHashMap<Set<T>, Integer> numbersOfSets = new IdentityHashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private final IdentityHashMap<Set<T>, Set<T>> known = new IdentityHashMap<>();
    private final Map<T, Set<T>> parents;
    private final int[] setOf;

    /** Takes the parents of all that there is. */
    Reach(Map<T, Set<T>> parents) {
        this.parents = parents;
        parents.keySet().forEach(this::number);
        parents.values().forEach(this::numberOfSet);
        this.setOf = new int[members.size()];
        Arrays.setAll(setOf, i -> numberOfSet(parents.getOrDefault(members.get(i), Set.of())));
    }

    /** Returns an unmodifiable set of the same members. */
    static <T> Set<T> copy(Set<T> set) {
        return set instanceof NumberedSet ? set : Set.copyOf(set);
    }

    private int number(T member) {
        Integer number = numbers.putIfAbsent(member, members.size());
        if (number == null) {
            members.add(member);
        }
        return number == null ? members.size() - 1 : number;
    }

    private int numberOfSet(Set<T> set) {
        Integer number = numbersOfSets.putIfAbsent(set, sets.size());
        if (number == null) {
            sets.add(set.stream().mapToInt(this::number).toArray());
        }
        return number == null ? sets.size() - 1 : number;
    }

    /** Returns what can be reached in one step or more; the start only if it lies on a cycle. Unmodifiable. */
    Set<T> of(T start) {
        return known.computeIfAbsent(parents.getOrDefault(start, Set.of()), this::from);
    }

    private Set<T> from(Set<T> start) {
        return start.isEmpty() ? Set.of() : new NumberedSet<>(numbers, members, walk(numberOfSet(start)));
    }

    /** Goes through each set of parents once, though many may have the same one. */
    private BitSet walk(int start) {
        BitSet reached = new BitSet(members.size());
        BitSet seen = new BitSet(sets.size());
        int[] open = new int[sets.size()];
        int count = 1;
        open[0] = start;
        seen.set(start);
        while (count > 0) {
            for (int member : sets.get(open[--count])) {
                reached.set(member);
                if (!seen.get(setOf[member])) {
                    seen.set(setOf[member]);
                    open[count++] = setOf[member];
                }
            }
        }
        return reached;
    }
}
