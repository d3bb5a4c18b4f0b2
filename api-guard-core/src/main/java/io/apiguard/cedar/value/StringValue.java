package io.apiguard.cedar.value;

/**
 * A text of Unicode scalar values.
 *
 * @param value any text without lone surrogates
 */
public record StringValue(String value) implements Value {

    /**
     * Checks the text.
     *
     * @throws CedarException if it has a lone surrogate
     */
    public StringValue {
        Texts.check(value);
    }

    @Override
    public String typeName() {
        return "String";
    }

    @Override
    public String toString() {
        return Texts.quoted(value);
    }
}
