package io.apiguard.contract;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often each handler ran: where the guard refuses, none does. Thread-safe. */
public final class Runs {

    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    private Runs() {}

    static void count(String handler) {
        COUNTS.computeIfAbsent(handler, name -> new LongAdder()).increment();
    }

    /** {@return how often each handler has run so far} */
    static Map<String, Long> snapshot() {
        Map<String, Long> counts = new TreeMap<>();
        COUNTS.forEach((handler, count) -> counts.put(handler, count.sum()));
        return counts;
    }

    /** {@return what ran since a snapshot} */
    static Map<String, Long> since(Map<String, Long> before) {
        Map<String, Long> ran = new TreeMap<>();
        snapshot().forEach((handler, count) -> {
            long more = count - before.getOrDefault(handler, 0L);
            if (more > 0) {
                ran.put(handler, more);
            }
        });
        return ran;
    }
}
