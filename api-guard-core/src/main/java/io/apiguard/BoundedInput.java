package io.apiguard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a body that is not buffered with an exception once it is longer than its bound. */
final class BoundedInput extends FilterInputStream {

    private final Runnable tooLarge;
    private long left;

    /** Runs {@code tooLarge} just before it throws: a framework may turn the exception into an answer of its own. */
    BoundedInput(InputStream in, long maxBytes, Runnable tooLarge) {
        super(in);
        this.left = maxBytes;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] discarded = new byte[(int) Math.min(Math.max(wanted, 1), 8192)];
        return Math.max(0, read(discarded, 0, (int) Math.min(wanted, discarded.length)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            tooLarge.run();
            throw new BodyTooLargeException();
        }
    }
}
