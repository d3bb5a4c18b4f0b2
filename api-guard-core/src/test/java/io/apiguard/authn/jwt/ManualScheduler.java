package io.apiguard.authn.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks at once, and scheduled ones when a test moves the clock to their instant. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final Tokens.Clock clock;
    private final List<Task> tasks = new ArrayList<>();

    ManualScheduler(Tokens.Clock clock) {
        this.clock = clock;
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
        command.run();
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, clock.instant().plus(delay, unit.toChronoUnit()));
        tasks.add(task);
        return task;
    }

    synchronized long waiting() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    void advance(Duration by) {
        Instant end = clock.instant().plus(by);
        for (Task task = next(end); task != null; task = next(end)) {
            clock.set(task.due);
            task.run();
        }
        clock.set(end);
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
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
