package io.apiguard.redaction;

/**
 * Keeps the last four characters of a JSON string that passes by, as they are spelled, to show them behind a mask.
 *
 * <p>A character is a code point; an escape counts as the one it stands for, and an escaped surrogate pair as one. The
 * scanner has seen the bytes before, so they are well-formed.
 *
 * @see io.apiguard.field.Mask#LAST_FOUR
 */
final class LastFour {

    private static final int SHOWN = 4;
    private static final int LEAST = 12;

    /** A power of two, and more than four characters take when each is an escaped surrogate pair. */
    private static final int RING = 64;

    /** A power of two, and more than four: one is taken back where an escape turns out to continue a character. */
    private static final int STARTS = 8;

    private static final int ESCAPED = 6;

    private final byte[] ring = new byte[RING];
    private final long[] starts = new long[STARTS];
    private long position;
    private long characters;

    /** How many bytes of an escape are still to come; {@link #ESCAPED} if not even its letter is known. */
    private int escape;

    private boolean mayBeLow;

    /** Forgets everything, to begin after a string's opening quote. */
    void reset() {
        position = 0;
        characters = 0;
        escape = 0;
    }

    /** Takes the next bytes of the string, without its quotes. */
    void feed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            take(bytes[i]);
            ring[(int) (position++ & RING - 1)] = bytes[i];
        }
    }

    /** {@return whether the string was long enough to show a part of it} */
    boolean isLongEnough() {
        return characters >= LEAST;
    }

    /** Writes the last four characters. */
    void writeTo(HeldOutput out) {
        for (long i = starts[(int) (characters - SHOWN & STARTS - 1)]; i < position; i++) {
            out.write(ring[(int) (i & RING - 1)]);
        }
    }

    private void take(byte b) {
        if (escape == ESCAPED) {
            escape = b == 'u' ? 4 : 0;
        } else if (escape > 0) {
            hex(b, escape--);
        } else if ((b & 0xC0) != 0x80) {
            starts[(int) (characters++ & STARTS - 1)] = position;
            escape = b == '\\' ? ESCAPED : 0;
        }
    }

    /** An escaped low surrogate belongs to the character that the high one before it began. */
    private void hex(byte b, int left) {
        if (left == 4) {
            mayBeLow = (b | 0x20) == 'd';
        } else if (left == 3 && mayBeLow && (b | 0x20) >= 'c') {
            characters--;
        }
    }
}
