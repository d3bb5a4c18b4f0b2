package io.apiguard.redaction;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Collects what may go out, and keeps the first {@value #SIZE} bytes back as long as it can: until then a failure can
 * still be answered as a whole.
 */
final class HeldOutput {

    static final int SIZE = 8192;

    private final OutputStream target;
    private final byte[] buffer = new byte[SIZE];
    private int length;
    private boolean committed;

    HeldOutput(OutputStream target) {
        this.target = target;
    }

    void write(byte b) {
        if (length == SIZE) {
            drain();
        }
        buffer[length++] = b;
    }

    void write(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size > SIZE - length) {
            drain();
            if (size >= SIZE) {
                send(bytes, from, size);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, length, size);
        length += size;
    }

    /** Whether the target was given anything. */
    boolean isCommitted() {
        return committed;
    }

    void discard() {
        length = 0;
    }

    void drain() {
        if (length > 0) {
            send(buffer, 0, length);
            length = 0;
        }
    }

    private void send(byte[] bytes, int from, int size) {
        committed = true;
        try {
            target.write(bytes, from, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
