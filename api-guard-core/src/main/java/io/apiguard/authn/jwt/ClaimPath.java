package io.apiguard.authn.jwt;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in the claims: names joined by dots, or a JSON pointer (RFC 6901) where a name itself has dots.
 */
record ClaimPath(List<String> names) {

    static ClaimPath parse(String text) {
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

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
