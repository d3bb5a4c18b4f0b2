package io.apiguard.internal.json;

import java.util.Arrays;

/**
 * The bytes of the member name being read. A name without escapes that lies in one chunk is a range of that chunk;
 * only others are copied.
 */
final class NameBuffer {

    private final int maxLength;
    private byte[] copy = new byte[0];
    private int length;
    private boolean copied;

    /** Where in the chunk the part begins that was not copied yet; of no meaning inside an escape. */
    private int pending;

    private boolean inEscape;

    private byte[] bytes = copy;
    private int from;
    private int to;

    NameBuffer(int maxLength) {
        this.maxLength = maxLength;
    }

    void begin(int index) {
        length = 0;
        copied = false;
        inEscape = false;
        pending = index;
    }

    /** A new chunk begins at the index. */
    void resume(int index) {
        pending = index;
    }

    /** Copies what is pending up to the index; false if the name is too long. */
    boolean spill(byte[] chunk, int index) {
        copied = true;
        if (inEscape) {
            return true;
        }
        int more = index - pending;
        if (more > maxLength - length) {
            return false;
        }
        reserve(more);
        System.arraycopy(chunk, pending, copy, length, more);
        length += more;
        pending = index;
        return true;
    }

    /** An escape begins at the index; false if the name is too long. */
    boolean escape(byte[] chunk, int index) {
        boolean fits = spill(chunk, index);
        inEscape = true;
        return fits;
    }

    /** Adds a character that was escaped; the plain text goes on at the index. False if the name is too long. */
    boolean append(int codePoint, int index) {
        inEscape = false;
        pending = index;
        int more = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        if (more > maxLength - length) {
            return false;
        }
        reserve(more);
        encode(codePoint, more);
        return true;
    }

    private void encode(int codePoint, int size) {
        if (size == 1) {
            copy[length++] = (byte) codePoint;
            return;
        }
        int shift = 6 * (size - 1);
        copy[length++] = (byte) (0xF00 >> size | codePoint >> shift);
        while (shift > 0) {
            shift -= 6;
            copy[length++] = (byte) (0x80 | (codePoint >> shift & 0x3F));
        }
    }

    /** Ends the name at the index; false if it is too long. */
    boolean end(byte[] chunk, int index) {
        if (copied) {
            boolean fits = spill(chunk, index);
            set(copy, 0, length);
            return fits;
        }
        set(chunk, pending, index);
        return index - pending <= maxLength;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    private void set(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
    }

    private void reserve(int more) {
        if (length + more > copy.length) {
            copy = Arrays.copyOf(copy, Math.max(length + more, Math.max(64, copy.length * 2)));
        }
    }
}
