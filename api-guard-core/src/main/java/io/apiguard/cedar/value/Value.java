package io.apiguard.cedar.value;

/**
 * A value of the Cedar language (Cedar Policy Language Reference, "Data types").
 *
 * <p>Equality is Cedar's {@code ==}: total, by content, and false between different kinds. {@code toString} is a Cedar expression that
 * evaluates to the value. Implementations are immutable and thread-safe.
 */
public sealed interface Value
        permits BoolValue,
                LongValue,
                StringValue,
                EntityUid,
                SetValue,
                RecordValue,
                DecimalValue,
                IpAddressValue,
                DatetimeValue,
                DurationValue {

    /** Returns the name of the value's type as error messages give it, such as {@code Long}. */
    String typeName();
}
