package io.apiguard.cedar.ast;

/** The operators of whole numbers. */
public enum ArithmeticOperator {
    /** Plus. */
    ADD("+"),
    /** Minus. */
    SUBTRACT("-"),
    /** Times, which binds more strongly than the others. */
    MULTIPLY("*");

    private final String text;

    ArithmeticOperator(String text) {
        this.text = text;
    }

    /** Returns the operator. */
    public String text() {
        return text;
    }

    /** Returns whether both chain with each other without parentheses. */
    boolean chainsWith(ArithmeticOperator other) {
        return (this == MULTIPLY) == (other == MULTIPLY);
    }
}
