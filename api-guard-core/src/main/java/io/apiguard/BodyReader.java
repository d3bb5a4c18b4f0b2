package io.apiguard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies into memory, each up to its own bound and all together up to one budget.
 *
 * <p>Thread-safe.
 */
final class BodyReader {

    private static final int CHUNK = 8192;

    private final InstantSource clock;
    private final Duration deadline;
    private final long budget;
    private final AtomicLong inUse = new AtomicLong();

    BodyReader(InstantSource clock, Duration deadline, long budget) {
        this.clock = clock;
        this.deadline = deadline;
        this.budget = budget;
    }

    /** What came of reading one body. */
    enum Outcome {
        /** The whole body is there. */
        COMPLETE,
        /** There is more than the bound allows; what was read is there. */
        TOO_LARGE,
        /** The budget for all bodies together is spent; what was read is there. */
        NO_ROOM,
        /** It took longer than the deadline; what was read is there. */
        TOO_SLOW,
        /** The connection failed; what was read is there. */
        BROKEN
    }

    /** A body, or the beginning of one, never compared; {@code reserved} bytes are to be given back by {@link #free}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(
            Outcome outcome,
            byte[] bytes,
            long reserved,
            @Nullable IOException failure) {}

    Body read(InputStream in, long maxBytes) {
        Instant end = clock.instant().plus(deadline);
        ByteArrayOutputStream read = new ByteArrayOutputStream(512);
        byte[] chunk = new byte[CHUNK];
        long reserved = 0;
        try {
            while (true) {
                int count = in.read(chunk, 0, (int) Math.min(CHUNK, maxBytes - read.size() + 1));
                if (count < 0) {
                    return new Body(Outcome.COMPLETE, read.toByteArray(), reserved, null);
                }
                boolean room = reserve(count);
                reserved += room ? count : 0;
                read.write(chunk, 0, count);
                if (!room) {
                    return new Body(Outcome.NO_ROOM, read.toByteArray(), reserved, null);
                }
                if (read.size() > maxBytes) {
                    return new Body(Outcome.TOO_LARGE, read.toByteArray(), reserved, null);
                }
                if (clock.instant().isAfter(end)) {
                    return new Body(Outcome.TOO_SLOW, read.toByteArray(), reserved, null);
                }
            }
        } catch (IOException e) {
            return new Body(Outcome.BROKEN, read.toByteArray(), reserved, e);
        } catch (RuntimeException | Error e) {
            free(reserved);
            throw e;
        }
    }

    private boolean reserve(int count) {
        if (inUse.addAndGet(count) <= budget) {
            return true;
        }
        inUse.addAndGet(-count);
        return false;
    }

    void free(long reserved) {
        inUse.addAndGet(-reserved);
    }

    long inUse() {
        return inUse.get();
    }
}
