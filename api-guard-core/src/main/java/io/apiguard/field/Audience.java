package io.apiguard.field;

import io.apiguard.identity.Identity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a sensitive value: callers with one of the scopes or one of the roles, or nobody where neither is named.
 *
 * <p>Immutable and thread-safe.
 *
 * @param scopes scopes, each of which alone is enough
 * @param roles roles, each of which alone is enough
 */
public record Audience(Set<String> scopes, Set<String> roles) {

    private static final Audience NOBODY = new Audience(Set.of(), Set.of());

    /** Copies the sets. */
    public Audience {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /** {@return the audience that nobody belongs to} */
    public static Audience nobody() {
        return NOBODY;
    }

    /**
     * Tells whether a caller belongs to the audience.
     *
     * @param viewer the caller, or {@code null} for an anonymous one, who belongs to none
     * @return whether the caller may see the value
     */
    public boolean includes(@Nullable Identity viewer) {
        return viewer != null && (includesAny(scopes, viewer.scopes()) || includesAny(roles, viewer.roles()));
    }

    private static boolean includesAny(Set<String> wanted, Set<String> held) {
        for (String one : wanted) {
            if (held.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
