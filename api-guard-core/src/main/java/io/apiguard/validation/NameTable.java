package io.apiguard.validation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The member names of the objects that are open, to find duplicates: a stack of names, innermost object on top.
 *
 * <p>Objects of few members are compared name by name. The names of larger ones are in one hash table, under
 * SipHash-1-3 with a random key, so that nobody can craft names that collide. Names leave the table in the reverse
 * order in which they came, which gives linear probing back exactly the table it had before.
 */
final class NameTable {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FEW = 8;

    private final long key0;
    private final long key1;

    private byte[] text = new byte[256];
    private int[] starts = new int[32];
    private int count;

    private int[] slots = new int[0];
    private int[] hashes = new int[0];

    NameTable(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** How many names are on the stack; to be given to the calls about the object that begins now. */
    int mark() {
        return count;
    }

    /** Adds a name to the innermost object, which began at the mark; false if it has that name already. */
    boolean add(int mark, byte[] utf8, int from, int to) {
        push(utf8, from, to);
        int last = count - 1;
        if (last - mark < FEW) {
            return !isAmong(mark, last);
        }
        if (last - mark == FEW) {
            for (int i = mark; i < last; i++) {
                insert(mark, i);
            }
        }
        return insert(mark, last);
    }

    /** Forgets the names of the innermost object, which began at the mark. */
    void end(int mark) {
        if (count - mark > FEW) {
            for (int i = count - 1; i >= mark; i--) {
                slots[slotOf(i)] = 0;
            }
        }
        count = mark;
    }

    private void push(byte[] utf8, int from, int to) {
        int start = starts[count];
        int end = start + (to - from);
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, text.length * 2));
        }
        System.arraycopy(utf8, from, text, start, to - from);
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[++count] = end;
    }

    private boolean isAmong(int mark, int name) {
        for (int i = mark; i < name; i++) {
            if (same(i, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean same(int a, int b) {
        return Arrays.equals(text, starts[a], starts[a + 1], text, starts[b], starts[b + 1]);
    }

    private boolean insert(int mark, int name) {
        makeRoom();
        hashes[name] = hash(mark, starts[name], starts[name + 1]);
        int slot = hashes[name] & slots.length - 1;
        while (slots[slot] != 0) {
            int other = slots[slot] - 1;
            if (other >= mark && hashes[other] == hashes[name] && same(other, name)) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = name + 1;
        return true;
    }

    private int slotOf(int name) {
        int slot = hashes[name] & slots.length - 1;
        while (slots[slot] != name + 1) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /**
     * Keeps the table at most half full. Names go into the larger one in the order of the stack, as they did into the
     * old one.
     */
    private void makeRoom() {
        if (count * 2 <= slots.length) {
            return;
        }
        int[] old = slots;
        boolean[] present = new boolean[count];
        for (int entry : old) {
            if (entry != 0) {
                present[entry - 1] = true;
            }
        }
        slots = new int[Math.max(64, Integer.highestOneBit(count) * 4)];
        hashes = Arrays.copyOf(hashes, slots.length);
        for (int i = 0; i < count; i++) {
            if (present[i]) {
                place(i);
            }
        }
    }

    private void place(int name) {
        int slot = hashes[name] & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = name + 1;
    }

    /** SipHash-1-3 of a name; the mark goes into the key, so that equal names of different objects do not crowd. */
    private int hash(int mark, int from, int to) {
        SipState s = new SipState(key0 + mark, key1);
        int p = from;
        for (; to - p >= 8; p += 8) {
            s.absorb((long) LONGS.get(text, p));
        }
        long tail = (long) (to - from) << 56;
        for (int shift = 0; p < to; p++, shift += 8) {
            tail |= (text[p] & 0xffL) << shift;
        }
        s.absorb(tail);
        return s.finish();
    }

    /** The four words of SipHash (Aumasson and Bernstein, 2012). */
    private static final class SipState {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        SipState(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        int finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            long hash = v0 ^ v1 ^ v2 ^ v3;
            return (int) (hash ^ hash >>> 32);
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
