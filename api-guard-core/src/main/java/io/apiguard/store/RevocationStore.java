package io.apiguard.store;

import java.util.List;

/**
 * Where revocations are kept for all instances, until what they revoke has expired.
 *
 * <p>Each instance asks every so often for what is new, and judges requests from its own memory. Implementations are
 * thread-safe, bounded, and never drop an entry before its time: what they have no room for they refuse.
 */
public interface RevocationStore {

    /** The cursor that stands before the first entry. */
    String START = "";

    /**
     * Adds an entry; every instance sees it with its next question.
     *
     * @param revocation what is revoked; one that is over already is passed over
     * @throws RevocationsFullException if there is no room; nothing is revoked then
     * @throws RuntimeException if the store cannot be reached; whether the entry was added is then unknown, and adding
     *     it again does no harm
     */
    void revoke(Revocation revocation);

    /**
     * Returns entries in the order they were added.
     *
     * @param cursor {@link #START}, or the {@link Page#cursor()} of the page before
     * @return entries after the cursor; from the start again if the store lost its memory since
     * @throws RuntimeException if the store cannot be reached, or the cursor is none of its own
     */
    Page since(String cursor);

    /**
     * Some entries in order.
     *
     * @param entries the entries; at most 1000
     * @param cursor what to go on with
     * @param more whether there are further entries already
     */
    record Page(List<Revocation> entries, String cursor, boolean more) {

        /** The most entries a page may have. */
        public static final int MAXIMUM_ENTRIES = 1000;

        /** Copies the entries. */
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
