package io.apiguard.cedar.ast;

import java.util.Locale;

/** What a policy does if it applies. */
public enum Effect {
    /** It allows, unless another forbids. */
    PERMIT,
    /** It forbids, whatever others allow. */
    FORBID;

    /** Returns the word of the language. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
