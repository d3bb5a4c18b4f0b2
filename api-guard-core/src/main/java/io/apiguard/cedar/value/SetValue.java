package io.apiguard.cedar.value;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A set of values, perhaps of several kinds: without order and without duplicates. */
public final class SetValue implements Value {

    /** The set without elements. */
    public static final SetValue EMPTY = new SetValue(Set.of());

    private final Set<Value> elements;
    private final int hash;
    private final boolean entitiesOnly;

    private SetValue(Set<Value> elements) {
        this.elements = elements;
        this.hash = elements.stream()
                .mapToInt(element -> Hashes.of(element.hashCode()))
                .sum();
        this.entitiesOnly = elements.stream().allMatch(EntityUid.class::isInstance);
    }

    /**
     * Returns a set.
     *
     * @param elements its elements; duplicates collapse
     */
    public static SetValue of(Collection<? extends Value> elements) {
        return elements.isEmpty() ? EMPTY : new SetValue(Set.copyOf(new LinkedHashSet<Value>(elements)));
    }

    /**
     * Returns a set.
     *
     * @param elements its elements; duplicates collapse
     */
    public static SetValue of(Value... elements) {
        return of(List.of(elements));
    }

    /** Returns the elements, unmodifiable, in no order. */
    public Set<Value> elements() {
        return elements;
    }

    /**
     * Returns whether a value is in the set.
     *
     * @param value any value
     */
    public boolean contains(Value value) {
        return elements.contains(value);
    }

    /**
     * Returns whether every element of another set is in this one.
     *
     * @param other any set
     */
    public boolean containsAll(SetValue other) {
        return other.elements.size() <= elements.size() && elements.containsAll(other.elements);
    }

    /**
     * Returns whether an element of another set is in this one.
     *
     * @param other any set
     */
    public boolean containsAny(SetValue other) {
        return elements.size() < other.elements.size()
                ? meet(elements, other.elements)
                : meet(other.elements, elements);
    }

    private static boolean meet(Set<Value> few, Set<Value> many) {
        for (Value element : few) {
            if (many.contains(element)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the set has no elements. */
    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Returns whether all elements, if there are any, are entity references. */
    public boolean isOfEntities() {
        return entitiesOnly;
    }

    @Override
    public String typeName() {
        return "Set";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof SetValue that && hash == that.hash && elements.equals(that.elements));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        elements.stream().map(Value::toString).sorted(Texts.BY_CODE_POINT).forEach(text::add);
        return text.toString();
    }
}
