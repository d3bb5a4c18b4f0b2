package io.apiguard.internal.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads one value from its text; the message of every exception says how to write it. */
final class Converter {

    private Converter() {}

    static Object convert(Class<?> type, boolean bytes, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return bool(text);
        }
        if (type == int.class || type == long.class || type == Long.class) {
            return number(type, bytes, text);
        }
        if (type == Duration.class) {
            return Texts.duration(text);
        }
        if (type == Instant.class) {
            return instant(text);
        }
        if (type == Path.class) {
            return path(text);
        }
        return type.isEnum() ? constant(type, text) : parsed(type, text);
    }

    /** Tells whether a type reads its own text, by a static method {@code parse(String)}. */
    static boolean reads(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> isParser(type, method));
    }

    private static boolean isParser(Class<?> type, Method method) {
        return method.getName().equals("parse")
                && Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getModifiers())
                && method.getReturnType() == type
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class});
    }

    /** Returns how a constant is written. */
    static String text(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Write true or false");
        };
    }

    private static Object number(Class<?> type, boolean bytes, String text) {
        long most = type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        long value = bytes ? Texts.size(text) : whole(text, most);
        if (value > most) {
            throw new IllegalArgumentException("Use at most " + most);
        }
        return type == int.class ? (Object) (int) value : (Object) value;
    }

    private static long whole(String text, long most) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("Write a whole number, not negative and at most " + most);
        }
        return Long.parseLong(text);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Write an instant in UTC, such as 2030-01-31T00:00:00Z", e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Write the path of a file or directory", e);
        }
    }

    private static Object constant(Class<?> type, String text) {
        List<Object> constants = List.of(type.getEnumConstants());
        for (Object constant : constants) {
            if (Keys.uniform(text(constant)).equals(Keys.uniform(text))) {
                return constant;
            }
        }
        List<String> texts = constants.stream().map(Converter::text).toList();
        throw new IllegalArgumentException("Use one of " + String.join(", ", texts));
    }

    private static Object parsed(Class<?> type, String text) {
        try {
            return type.getMethod("parse", String.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot read a " + type.getName(), e.getCause());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("no setting can be a " + type.getName(), e);
        }
    }
}
