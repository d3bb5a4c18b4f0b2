package io.apiguard.cedar.value;

/**
 * A whole number of 64 bits.
 *
 * @param value any
 */
public record LongValue(long value) implements Value {

    @Override
    public int hashCode() {
        return Hashes.of(value);
    }

    @Override
    public String typeName() {
        return "Long";
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
