package io.apiguard.contract.authorizationserver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks on threads of its own, and scheduled ones when a test moves the clock past their instant: {@link #advance}
 * comes back when all that became due is done.
 */
final class ClockScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final TestClock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(ClockScheduler::daemon);
    private final List<Task> tasks = new ArrayList<>();
    private int running;

    ClockScheduler(TestClock clock) {
        this.clock = clock;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "clock-scheduler");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {

        private final Instant due;

        Task(Runnable runnable, Instant due) {
            super(runnable, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void execute(Runnable command) {
        synchronized (this) {
            running++;
        }
        threads.execute(() -> {
            try {
                command.run();
            } finally {
                ended();
            }
        });
    }

    private synchronized void ended() {
        running--;
        notifyAll();
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, clock.instant().plus(delay, unit.toChronoUnit()));
        tasks.add(task);
        return task;
    }

    /** Moves the clock on, from one task that is due to the next. */
    void advance(Duration by) throws InterruptedException {
        awaitQuiet();
        Instant end = clock.instant().plus(by);
        for (Task task = next(end); task != null; task = next(end)) {
            clock.advanceTo(task.due);
            task.run();
            awaitQuiet();
        }
        clock.advanceTo(end);
    }

    /** Waits until no task runs. */
    synchronized void awaitQuiet() throws InterruptedException {
        while (running > 0) {
            wait();
        }
    }

    private synchronized Task next(Instant end) {
        Task next = tasks.stream()
                .filter(task -> !task.isCancelled() && !task.due.isAfter(end))
                .min(Comparator.comparing(task -> task.due))
                .orElse(null);
        tasks.remove(next);
        return next;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
