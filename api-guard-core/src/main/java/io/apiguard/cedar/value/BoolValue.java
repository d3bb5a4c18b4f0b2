package io.apiguard.cedar.value;

/** True or false. */
public enum BoolValue implements Value {
    /** True. */
    TRUE,
    /** False. */
    FALSE;

    /**
     * Returns one of the two.
     *
     * @param value which
     */
    public static BoolValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Returns the value as Java's. */
    public boolean asBoolean() {
        return this == TRUE;
    }

    @Override
    public String typeName() {
        return "Bool";
    }

    @Override
    public String toString() {
        return this == TRUE ? "true" : "false";
    }
}
