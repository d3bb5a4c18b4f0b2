package io.apiguard.authn.httpsig;

/** The type of a structured field as a whole (RFC 9651 section 3). */
public enum StructuredFieldType {
    /** One value. */
    ITEM,
    /** Values in order. */
    LIST,
    /** Values by key. */
    DICTIONARY
}
