package io.apiguard.cedar.ast;

import java.util.Locale;

/** What a policy can ask of the request. */
public enum Variable {
    /** Who acts. */
    PRINCIPAL,
    /** What is done. */
    ACTION,
    /** To what it is done. */
    RESOURCE,
    /** What else is known of the request. */
    CONTEXT;

    /** Returns the word of the language. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
