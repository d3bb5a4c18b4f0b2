package io.apiguard.internal.structured;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value without parameters (RFC 9651 section 3.3). A value out of the range of its type can be made, but not written. */
public sealed interface BareItem {

    /**
     * Section 3.3.1.
     *
     * @param value the number, of at most 15 digits
     */
    record Whole(long value) implements BareItem {}

    /**
     * Section 3.3.2.
     *
     * @param value the number, of at most 12 digits before the point; it is written with at most three after it
     */
    record Decimal(BigDecimal value) implements BareItem {
        /** Drops zeros at the end, so that equal numbers are equal. */
        public Decimal {
            value = value.stripTrailingZeros();
        }
    }

    /**
     * Section 3.3.3.
     *
     * @param value visible ASCII and space
     */
    record Text(String value) implements BareItem {}

    /**
     * Section 3.3.4.
     *
     * @param value the token
     */
    record Token(String value) implements BareItem {}

    /**
     * Section 3.3.5.
     *
     * @param value the bytes, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    record Bytes(byte[] value) implements BareItem {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }

    /**
     * Section 3.3.6.
     *
     * @param value the truth value
     */
    record Truth(boolean value) implements BareItem {}

    /**
     * Section 3.3.7.
     *
     * @param seconds since 1970-01-01T00:00:00Z, of at most 15 digits
     */
    record Date(long seconds) implements BareItem {}

    /**
     * Section 3.3.8.
     *
     * @param value any Unicode text
     */
    record DisplayText(String value) implements BareItem {}
}
