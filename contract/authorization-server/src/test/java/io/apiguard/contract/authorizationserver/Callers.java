package io.apiguard.contract.authorizationserver;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Threads that call a guarded API with valid tokens all the time, one token after the other, and try again when they
 * are told to. Thread-safe.
 */
final class Callers implements AutoCloseable {

    private final GuardedApi api;
    private final List<Thread> threads;
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final int[] rounds;

    private volatile List<String> tokens;
    private volatile boolean stopped;

    private Callers(GuardedApi api, int count, List<String> tokens) {
        this.api = api;
        this.tokens = tokens;
        this.rounds = new int[count];
        this.threads = IntStream.range(0, count)
                .mapToObj(number -> new Thread(() -> run(number), "caller-" + number))
                .toList();
    }

    static Callers start(GuardedApi api, int count, List<String> tokens) {
        Callers callers = new Callers(api, count, tokens);
        callers.threads.forEach(Thread::start);
        return callers;
    }

    private void run(int number) {
        while (!stopped) {
            for (String token : tokens) {
                call(token);
            }
            ended(number);
        }
    }

    private void call(String token) {
        try {
            HttpResponse<String> answer = api.bearer(token);
            if (answer.statusCode() == 200) {
                accepted.merge(token, 1, Integer::sum);
            } else if (answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isPresent()) {
                retries.incrementAndGet();
            } else {
                wrong.add(answer.statusCode() + " " + answer.headers().map());
            }
        } catch (RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private synchronized void ended(int number) {
        rounds[number]++;
        notifyAll();
    }

    /** Has all call with these tokens; comes back when none uses another any more, and every one was used by all. */
    void use(List<String> valid) throws InterruptedException {
        tokens = valid;
        awaitRounds();
    }

    /** Waits until every thread has called with every token once more, and ended what it was at. */
    synchronized void awaitRounds() throws InterruptedException {
        int[] before = rounds.clone();
        for (int number = 0; number < rounds.length; number++) {
            while (rounds[number] < before[number] + 2) {
                wait();
            }
        }
    }

    int accepted(String token) {
        return accepted.getOrDefault(token, 0);
    }

    /** {@return how often a caller was told to come back} */
    int retries() {
        return retries.get();
    }

    /** {@return the answers that a caller with a valid token must never see} */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
