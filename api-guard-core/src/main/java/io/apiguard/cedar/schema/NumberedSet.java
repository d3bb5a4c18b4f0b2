package io.apiguard.cedar.schema;

import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Some of many things that are numbered, as one bit for each. Unmodifiable; thread-safe as long as nobody numbers more. */
final class NumberedSet<T> extends AbstractSet<T> {

    private final Map<T, Integer> numbers;
    private final List<T> members;
    private final BitSet bits;
    private final int size;

    NumberedSet(Map<T, Integer> numbers, List<T> members, BitSet bits) {
        this.numbers = numbers;
        this.members = members;
        this.bits = bits;
        this.size = bits.cardinality();
    }

    @Override
    public boolean contains(@Nullable Object member) {
        Integer number = numbers.get(member);
        return number != null && bits.get(number);
    }

    @Override
    public Iterator<T> iterator() {
        return bits.stream().mapToObj(members::get).iterator();
    }

    @Override
    public int size() {
        return size;
    }
}
