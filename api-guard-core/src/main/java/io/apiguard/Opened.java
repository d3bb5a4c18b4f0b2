package io.apiguard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What a guard holds open: closed together, latest first, at the guard's end or if building it fails. */
final class Opened implements AutoCloseable {

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private boolean kept;

    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Returns a scheduler of one daemon thread, which is shut down after what is added later is closed. */
    ScheduledExecutorService scheduler(String name) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        add(scheduler::shutdownNow);
        return scheduler;
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
