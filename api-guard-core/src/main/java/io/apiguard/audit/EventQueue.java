package io.apiguard.audit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of many producers and one consumer that allocates nothing and never blocks.
 *
 * <p>Producers claim a position by compare-and-swap and then fill its slot; the consumer empties a slot before it gives the position
 * back, so that a claimed slot is always empty.
 */
final class EventQueue {

    private final AtomicReferenceArray<@Nullable AuditEvent> slots;
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    EventQueue(int capacity) {
        this.slots = new AtomicReferenceArray<>(capacity);
    }

    /** Returns how many events there are with the new one, or 0 if there was no room for it. */
    int offer(AuditEvent event) {
        long position;
        long before;
        do {
            position = claimed.get();
            before = position - taken.get();
            if (before >= slots.length()) {
                return 0;
            }
        } while (!claimed.compareAndSet(position, position + 1));
        slots.setRelease(slot(position), event);
        return (int) Math.max(before, 0) + 1;
    }

    /** Returns the oldest event, or {@code null} if there is none yet; for one thread only. */
    @Nullable AuditEvent poll() {
        long position = taken.getPlain();
        AuditEvent event = slots.getAcquire(slot(position));
        if (event != null) {
            slots.setPlain(slot(position), null);
            taken.setRelease(position + 1);
        }
        return event;
    }

    int size() {
        return (int) Math.max(0, claimed.get() - taken.get());
    }

    int capacity() {
        return slots.length();
    }

    private int slot(long position) {
        return (int) (position % slots.length());
    }
}
