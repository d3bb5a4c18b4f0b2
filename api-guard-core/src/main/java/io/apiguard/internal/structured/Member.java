package io.apiguard.internal.structured;

import java.util.List;

/** A member of a List or Dictionary (RFC 9651 sections 3.1 and 3.2). */
public sealed interface Member {

    /** Returns what is said beside it. */
    Parameters parameters();

    /**
     * Section 3.3.
     *
     * @param value the value
     * @param parameters what is said beside it
     */
    record Item(BareItem value, Parameters parameters) implements Member {}

    /**
     * Section 3.1.1.
     *
     * @param items the items in order
     * @param parameters what is said beside the list
     */
    record InnerList(List<Item> items, Parameters parameters) implements Member {
        /** Copies the items. */
        public InnerList {
            items = List.copyOf(items);
        }
    }
}
