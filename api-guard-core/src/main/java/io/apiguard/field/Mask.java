package io.apiguard.field;

/** What is shown in place of a sensitive JSON value. */
public enum Mask {
    /** The string {@code "***"}, whatever the value was: its type, length and presence of content stay hidden. */
    REPLACE,
    /** Nothing: the member is left out of its object. */
    REMOVE,
    /**
     * {@code "***"} and the last four characters, of a string of at least twelve characters; anything else is treated
     * as {@link #REPLACE}.
     */
    LAST_FOUR
}
