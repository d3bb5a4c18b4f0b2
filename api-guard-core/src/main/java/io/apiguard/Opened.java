package io.apiguard;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a guard holds open: closed together, latest first, at the guard's end or if building it fails. */
final class Opened implements AutoCloseable {

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private boolean kept;

    void add(Runnable closing) {
        closings.push(closing);
    }

    /** From now on only {@link #closeAll} closes. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (!kept) {
            closeAll();
        }
    }

    synchronized void closeAll() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
