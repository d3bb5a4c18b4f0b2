package io.apiguard.cedar.value;

import java.util.SplittableRandom;

/** Hash codes that differ from run to run, so that nobody can write down many values that all have the same one. */
final class Hashes {

    private static final long SEED = new SplittableRandom().nextLong();

    private Hashes() {}

    /** Returns the hash code of a number. */
    static int of(long number) {
        long mixed = (number ^ SEED) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 32) * 0x94d049bb133111ebL;
        return (int) (mixed ^ mixed >>> 32);
    }

    /** Returns the hash code of two things, given those of both. */
    static int of(int one, int other) {
        return of((long) one << 32 | other & 0xffffffffL);
    }
}
