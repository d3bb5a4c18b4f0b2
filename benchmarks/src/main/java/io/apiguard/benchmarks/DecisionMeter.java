package io.apiguard.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Measures decisions in this thread, warm: the time of each, processor time and bytes allocated on average. */
final class DecisionMeter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int BETWEEN_CLOCKS = 20;

    private final long nanos;
    private long allowed; // so that no decision can be left out as useless

    /**
     * Makes one.
     *
     * @param millis how long to measure each time, after a warm-up of the same length
     */
    DecisionMeter(long millis) {
        this.nanos = millis * 1_000_000;
    }

    /**
     * What was measured.
     *
     * @param median of the time of a decision, in microseconds
     * @param p99 of the same
     * @param cpu processor time of a decision in microseconds, on average, without the reading of clocks
     * @param bytes allocated for a decision, on average
     */
    record Measured(double median, double p99, double cpu, long bytes) {

        @Override
        public String toString() {
            return "median %8.2f us, p99 %9.2f us, cpu %8.2f us, %7d B".formatted(median, p99, cpu, bytes);
        }
    }

    <T> Measured measure(List<T> requests, Predicate<T> decision) {
        together(requests, decision);
        each(requests, decision);
        double[] together = together(requests, decision);
        long[] each = each(requests, decision);
        return new Measured(
                each[each.length / 2] / 1e3, each[each.length * 99 / 100] / 1e3, together[0] / 1e3, (long) together[1]);
    }

    /** Returns processor time and bytes for one decision. */
    private <T> double[] together(List<T> requests, Predicate<T> decision) {
        long id = Thread.currentThread().getId();
        long start = System.nanoTime();
        long bytes = THREADS.getThreadAllocatedBytes(id);
        long cpu = THREADS.getCurrentThreadCpuTime();
        int decisions = 0;
        do {
            for (int i = 0; i < BETWEEN_CLOCKS; i++) {
                allowed += decision.test(requests.get(decisions % requests.size())) ? 1 : 0;
                decisions++;
            }
        } while (System.nanoTime() - start < nanos);
        double time = (double) (THREADS.getCurrentThreadCpuTime() - cpu) / decisions;
        return new double[] {time, (double) (THREADS.getThreadAllocatedBytes(id) - bytes) / decisions};
    }

    /** Returns the times of single decisions, sorted. */
    private <T> long[] each(List<T> requests, Predicate<T> decision) {
        long[] times = new long[1_000_000];
        int count = 0;
        long start = System.nanoTime();
        long before = start;
        while (count < times.length && before - start < nanos) {
            allowed += decision.test(requests.get(count % requests.size())) ? 1 : 0;
            times[count++] = System.nanoTime() - before;
            before = System.nanoTime();
        }
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
