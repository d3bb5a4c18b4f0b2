package io.apiguard.cedar.ast;

/** The operators and built-in methods that stand between two expressions, but for those that chain. */
public enum BinaryOperator {
    /** Equal, of whatever kinds. */
    EQUAL("==", false),
    /** Not equal. */
    NOT_EQUAL("!=", false),
    /** Less. */
    LESS("<", false),
    /** Less or equal. */
    LESS_OR_EQUAL("<=", false),
    /** Greater. */
    GREATER(">", false),
    /** Greater or equal. */
    GREATER_OR_EQUAL(">=", false),
    /** The same entity, or one below it. */
    IN("in", false),
    /** A set has an element. */
    CONTAINS("contains", true),
    /** A set has all elements of another. */
    CONTAINS_ALL("containsAll", true),
    /** A set has an element of another. */
    CONTAINS_ANY("containsAny", true),
    /** An entity has a tag. */
    HAS_TAG("hasTag", true),
    /** The tag of an entity. */
    GET_TAG("getTag", true);

    private final String text;
    private final boolean method;

    BinaryOperator(String text, boolean method) {
        this.text = text;
        this.method = method;
    }

    /** Returns the operator or the name of the method. */
    public String text() {
        return text;
    }

    /** Returns whether it is written as a method, {@code a.contains(b)}. */
    public boolean isMethod() {
        return method;
    }
}
