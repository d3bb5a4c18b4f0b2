package io.apiguard.cedar.ast;

/** The places in a template that a link fills (Cedar Policy Language Reference, "Templates"). */
public enum Slot implements EntityReference {
    /** The place for a principal. */
    PRINCIPAL("?principal"),
    /** The place for a resource. */
    RESOURCE("?resource");

    private final String text;

    Slot(String text) {
        this.text = text;
    }

    /** Returns the slot as it is written. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
