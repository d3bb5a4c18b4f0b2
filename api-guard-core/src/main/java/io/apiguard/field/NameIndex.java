package io.apiguard.field;

import io.apiguard.field.FieldPlan.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the step of a member name by the bytes in the document, without making a string: an open hash table, at most a
 * quarter full. The names in it are the application's own, so a hash of three bytes and the length will do.
 */
final class NameIndex {

    private final byte[] @Nullable [] names;
    private final @Nullable Step[] steps;
    private final int mask;

    private NameIndex(int capacity) {
        names = new byte[capacity][];
        steps = new Step[capacity];
        mask = capacity - 1;
    }

    static NameIndex of(Map<String, Step> named) {
        NameIndex index = new NameIndex(Integer.highestOneBit(named.size() + 1) * 8);
        named.forEach((name, step) -> index.put(name.getBytes(StandardCharsets.UTF_8), step));
        return index;
    }

    @Nullable Step find(byte[] utf8, int from, int to) {
        int slot = slot(utf8, from, to);
        byte[] name = names[slot];
        while (name != null) {
            if (Arrays.equals(name, 0, name.length, utf8, from, to)) {
                return steps[slot];
            }
            slot = slot + 1 & mask;
            name = names[slot];
        }
        return null;
    }

    private void put(byte[] name, Step step) {
        int slot = slot(name, 0, name.length);
        while (names[slot] != null) {
            slot = slot + 1 & mask;
        }
        names[slot] = name;
        steps[slot] = step;
    }

    private int slot(byte[] utf8, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length * 31 + utf8[from];
        hash = hash * 31 + utf8[from + (length >> 1)];
        hash = hash * 31 + utf8[to - 1];
        return (hash ^ hash >>> 7) & mask;
    }
}
