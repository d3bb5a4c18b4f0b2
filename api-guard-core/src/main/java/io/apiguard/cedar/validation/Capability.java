package io.apiguard.cedar.validation;

import java.util.HashSet;
import java.util.Set;

/**
 * An attribute or tag that is known to be there.
 *
 * @param target the number of what has it, see {@link Terms}
 * @param name the number of its name: of the literal of an attribute, of any expression for a tag
 * @param tag whether it is a tag
 */
record Capability(int target, int name, boolean tag) {

    /** What a chain of {@code &&} gains from operand to operand, beside what was known before; the set is copied once, not for each operand. */
    static final class Growing {

        private final Known known;
        private Set<Capability> gained;
        private Known withKnown;
        private boolean copied;

        Growing(Known known, Set<Capability> gained) {
            this.known = known;
            this.gained = gained;
            this.withKnown = gained.isEmpty() ? known : known.with(gained);
        }

        void add(Set<Capability> more) {
            if (more.isEmpty()) {
                return;
            }
            if (!copied) {
                gained = new HashSet<>(gained);
                withKnown = known.with(gained);
                copied = true;
            }
            gained.addAll(more);
        }

        Set<Capability> gained() {
            return gained;
        }

        Known withKnown() {
            return withKnown;
        }
    }

    static Set<Capability> union(Set<Capability> one, Set<Capability> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Set<Capability> union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }

    static Set<Capability> intersection(Set<Capability> one, Set<Capability> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Set.of();
        }
        Set<Capability> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }
}
