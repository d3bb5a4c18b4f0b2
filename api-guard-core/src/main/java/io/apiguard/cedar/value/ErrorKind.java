package io.apiguard.cedar.value;

/** Why an expression could not be evaluated. The language standardises that it fails, not how that is called. */
public enum ErrorKind {
    /** An attribute was asked of an entity of which nothing is known. */
    ENTITY_MISSING,
    /** An entity or record does not have an attribute. */
    ATTRIBUTE_MISSING,
    /** An entity does not have a tag. */
    TAG_MISSING,
    /** A value is of the wrong type. */
    TYPE,
    /** A function was called with the wrong number of arguments. */
    ARGUMENT_COUNT,
    /** A result does not fit into 64 bits. */
    OVERFLOW,
    /** A text is none of an extension type. */
    EXTENSION
}
