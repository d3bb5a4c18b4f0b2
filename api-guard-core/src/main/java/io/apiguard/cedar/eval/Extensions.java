package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** What the functions of the extension types do. */
final class Extensions {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Extensions() {}

    static @Nullable Value call(Frame frame, ExtensionFunction function, Value argument) {
        if (function.isConstructor()) {
            return argument instanceof StringValue text
                    ? made(frame, function, text.value())
                    : frame.wrongType("String", argument);
        }
        return switch (function) {
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST ->
                argument instanceof IpAddressValue address
                        ? BoolValue.of(is(function, address))
                        : frame.wrongType("ipaddr", argument);
            case TO_DATE, TO_TIME ->
                argument instanceof DatetimeValue datetime
                        ? part(frame, function, datetime.millis())
                        : frame.wrongType("datetime", argument);
            default ->
                argument instanceof DurationValue duration
                        ? new LongValue(duration.millis() / unit(function))
                        : frame.wrongType("duration", argument);
        };
    }

    private static @Nullable Value made(Frame frame, ExtensionFunction function, String text) {
        Value made = parsed(function, text);
        return made != null
                ? made
                : frame.fail(
                        ErrorKind.EXTENSION, "'" + Frame.shown(text) + "' is no text for '" + function.text() + "'");
    }

    static @Nullable Value parsed(ExtensionFunction constructor, String text) {
        return switch (constructor) {
            case DECIMAL -> DecimalValue.parse(text);
            case IP -> IpAddressValue.parse(text);
            case DATETIME -> DatetimeValue.parse(text);
            case DURATION -> DurationValue.parse(text);
            default -> throw new IllegalArgumentException(constructor + " makes no value of a text");
        };
    }

    private static boolean is(ExtensionFunction function, IpAddressValue address) {
        return switch (function) {
            case IS_IPV4 -> !address.version6();
            case IS_IPV6 -> address.version6();
            case IS_LOOPBACK -> address.isLoopback();
            default -> address.isMulticast();
        };
    }

    private static @Nullable Value part(Frame frame, ExtensionFunction function, long millis) {
        long time = Math.floorMod(millis, DAY);
        if (function == ExtensionFunction.TO_TIME) {
            return new DurationValue(time);
        }
        return millis < Long.MIN_VALUE + time
                ? frame.fail(ErrorKind.OVERFLOW, "the beginning of the day does not fit into 64 bits")
                : new DatetimeValue(millis - time);
    }

    private static long unit(ExtensionFunction function) {
        return switch (function) {
            case TO_MILLISECONDS -> 1;
            case TO_SECONDS -> SECOND;
            case TO_MINUTES -> MINUTE;
            case TO_HOURS -> HOUR;
            default -> DAY;
        };
    }

    static @Nullable Value call(Frame frame, ExtensionFunction function, Value first, Value second) {
        return switch (function) {
            case IS_IN_RANGE -> inRange(frame, first, second);
            case OFFSET, DURATION_SINCE -> time(frame, function, first, second);
            default -> compared(frame, function, first, second);
        };
    }

    private static @Nullable Value inRange(Frame frame, Value first, Value second) {
        if (!(first instanceof IpAddressValue address)) {
            return frame.wrongType("ipaddr", first);
        }
        return second instanceof IpAddressValue range
                ? BoolValue.of(address.isInRange(range))
                : frame.wrongType("ipaddr", second);
    }

    private static @Nullable Value time(Frame frame, ExtensionFunction function, Value first, Value second) {
        if (!(first instanceof DatetimeValue start)) {
            return frame.wrongType("datetime", first);
        }
        try {
            if (function == ExtensionFunction.OFFSET) {
                return second instanceof DurationValue duration
                        ? new DatetimeValue(Math.addExact(start.millis(), duration.millis()))
                        : frame.wrongType("duration", second);
            }
            return second instanceof DatetimeValue since
                    ? new DurationValue(Math.subtractExact(start.millis(), since.millis()))
                    : frame.wrongType("datetime", second);
        } catch (ArithmeticException e) {
            return frame.fail(ErrorKind.OVERFLOW, "the result does not fit into 64 bits");
        }
    }

    private static @Nullable Value compared(Frame frame, ExtensionFunction function, Value first, Value second) {
        if (!(first instanceof DecimalValue one)) {
            return frame.wrongType("decimal", first);
        }
        if (!(second instanceof DecimalValue other)) {
            return frame.wrongType("decimal", second);
        }
        int order = Long.compare(one.tenThousandths(), other.tenThousandths());
        return BoolValue.of(
                switch (function) {
                    case LESS_THAN -> order < 0;
                    case LESS_THAN_OR_EQUAL -> order <= 0;
                    case GREATER_THAN -> order > 0;
                    default -> order >= 0;
                });
    }
}
