package io.apiguard;

import io.apiguard.redaction.RedactingOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Looks at the beginning of a body that does not say that it is JSON: if it begins like an object or an array, or with a byte order mark,
 * it is masked as JSON is; else it passes.
 *
 * <p>Only white space is held back, at most {@value #MOST_SPACE} bytes of it: a body that begins with more passes as what it is not, an object, cannot
 * do, and so is taken for JSON.
 */
final class JsonLookout extends OutputStream {

    private static final int MOST_SPACE = 1024;

    private final OutputStream target;
    private final RedactingOutputStream redacting;
    private final boolean readable;
    private final byte[] space = new byte[MOST_SPACE];
    private int held;
    private OutputStream chosen;
    private boolean decided;

    JsonLookout(OutputStream target, boolean readable, RedactingOutputStream redacting) {
        this.target = target;
        this.readable = readable;
        this.redacting = redacting;
        this.chosen = target;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (!decided && at < end) {
            if (isSpace(bytes[at]) && held < MOST_SPACE) {
                space[held++] = bytes[at++];
            } else {
                decide(bytes[at]);
            }
        }
        if (at < end) {
            chosen.write(bytes, at, end - at);
        }
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n';
    }

    private void decide(byte first) throws IOException {
        decided = true;
        boolean json = first == '{' || first == '[' || first == (byte) 0xEF || held == MOST_SPACE;
        if (json) {
            chosen = redacting;
            if (!readable) {
                redacting.fail();
            }
        }
        chosen.write(space, 0, held);
    }

    @Override
    public void flush() throws IOException {
        if (decided) {
            chosen.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (!decided) {
            decided = true;
            target.write(space, 0, held);
        }
        chosen.close();
    }
}
