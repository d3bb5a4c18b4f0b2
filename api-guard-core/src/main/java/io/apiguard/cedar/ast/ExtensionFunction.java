package io.apiguard.cedar.ast;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions of the extension types (Cedar Policy Language Reference, "Extension types"). */
public enum ExtensionFunction {
    /** Makes a decimal of a text. */
    DECIMAL("decimal", 1, false),
    /** {@code <} of decimals. */
    LESS_THAN("lessThan", 2, true),
    /** {@code <=} of decimals. */
    LESS_THAN_OR_EQUAL("lessThanOrEqual", 2, true),
    /** {@code >} of decimals. */
    GREATER_THAN("greaterThan", 2, true),
    /** {@code >=} of decimals. */
    GREATER_THAN_OR_EQUAL("greaterThanOrEqual", 2, true),
    /** Makes an address of a text. */
    IP("ip", 1, false),
    /** Is it of IPv4. */
    IS_IPV4("isIpv4", 1, true),
    /** Is it of IPv6. */
    IS_IPV6("isIpv6", 1, true),
    /** Is it a loopback address. */
    IS_LOOPBACK("isLoopback", 1, true),
    /** Is it a multicast address. */
    IS_MULTICAST("isMulticast", 1, true),
    /** Is it within a range. */
    IS_IN_RANGE("isInRange", 2, true),
    /** Makes an instant of a text. */
    DATETIME("datetime", 1, false),
    /** Makes a duration of a text. */
    DURATION("duration", 1, false),
    /** An instant later by a duration. */
    OFFSET("offset", 2, true),
    /** The duration between two instants. */
    DURATION_SINCE("durationSince", 2, true),
    /** The beginning of an instant's day. */
    TO_DATE("toDate", 1, true),
    /** The time since the beginning of an instant's day. */
    TO_TIME("toTime", 1, true),
    /** The length of a duration in milliseconds. */
    TO_MILLISECONDS("toMilliseconds", 1, true),
    /** The length of a duration in whole seconds. */
    TO_SECONDS("toSeconds", 1, true),
    /** The length of a duration in whole minutes. */
    TO_MINUTES("toMinutes", 1, true),
    /** The length of a duration in whole hours. */
    TO_HOURS("toHours", 1, true),
    /** The length of a duration in whole days. */
    TO_DAYS("toDays", 1, true);

    private static final Map<String, ExtensionFunction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ExtensionFunction::text, Function.identity()));

    private final String text;
    private final int arity;
    private final boolean method;

    ExtensionFunction(String text, int arity, boolean method) {
        this.text = text;
        this.arity = arity;
        this.method = method;
    }

    /**
     * Returns the function of a name, or {@code null} if there is none.
     *
     * @param name any text
     */
    public static @Nullable ExtensionFunction of(String name) {
        return BY_NAME.get(name);
    }

    /** Returns the name. */
    public String text() {
        return text;
    }

    /** Returns how many arguments it takes, that before the dot counted. */
    public int arity() {
        return arity;
    }

    /** Returns whether it is called as a method, {@code a.isIpv4()}, and not as a function, {@code ip(a)}. */
    public boolean isMethod() {
        return method;
    }

    /** Returns whether it makes a value of an extension type from a text. */
    public boolean isConstructor() {
        return !method;
    }
}
