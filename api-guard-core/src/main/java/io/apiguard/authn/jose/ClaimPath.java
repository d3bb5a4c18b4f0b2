package io.apiguard.authn.jose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in the claims: names joined by dots, or a JSON pointer (RFC 6901) where a name itself has dots.
 *
 * @param names the names on the way, at least one
 */
public record ClaimPath(List<String> names) {

    /** Copies the names. */
    public ClaimPath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path.
     *
     * @param text such as {@code realm_access.roles} or {@code /resource_access/my.client/roles}
     * @throws IllegalArgumentException if it is malformed; the message says how to write it
     */
    public static ClaimPath parse(String text) {
        boolean pointer = text.startsWith("/");
        List<String> names = Arrays.stream((pointer ? text.substring(1) : text).split(pointer ? "/" : "\\.", -1))
                .map(name -> pointer ? name.replace("~1", "/").replace("~0", "~") : name)
                .toList();
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("'" + text + "' is not a claim path; write realm_access.roles,"
                    + " or /resource_access/my.client/roles if a name has dots");
        }
        return new ClaimPath(names);
    }

    /** Returns the value, or {@code null} if the claims have none there. */
    @Nullable Object in(Map<String, @Nullable Object> claims) {
        Object value = claims;
        for (String name : names) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    /**
     * Returns the names that stand there, as one string or an array of strings; none if nothing does.
     *
     * @throws Malformed if there is anything else
     */
    public Set<String> namesIn(Map<String, @Nullable Object> claims) {
        Object value = in(claims);
        if (value == null) {
            return Set.of();
        }
        return value instanceof String one ? Set.of(one) : Members.strings(value, toString());
    }

    /**
     * Returns the name that stands there, or {@code null} if nothing does.
     *
     * @param what what is named, for the message
     * @throws Malformed if there is anything else than a string that is not blank
     */
    public @Nullable String nameIn(Map<String, @Nullable Object> claims, String what) {
        Object value = in(claims);
        if (value == null) {
            return null;
        }
        if (value instanceof String name && !name.isBlank()) {
            return name;
        }
        throw new Malformed("'" + this + "' is not the name of " + what);
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
