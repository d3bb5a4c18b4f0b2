package io.apiguard.authn.apikey;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an API key speaks for, and what it may do. Immutable and thread-safe.
 *
 * @param subject the owner's stable name, not blank
 * @param tenant the owner's tenant, or {@code null}
 * @param scopes the granted scopes
 * @param roles the granted roles
 * @param expiresAt the instant from which on the key is not valid any more, or {@code null} if it does not expire
 */
public record ApiKeyGrant(
        String subject,
        @Nullable String tenant,
        Set<String> scopes,
        Set<String> roles,
        @Nullable Instant expiresAt) {

    /**
     * Copies scopes and roles.
     *
     * @throws IllegalArgumentException if the subject is blank
     */
    public ApiKeyGrant {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("an API key needs a subject: name its owner");
        }
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /**
     * Returns a grant of nothing but a name, without tenant and without end.
     *
     * @param subject the owner's stable name, not blank
     * @throws IllegalArgumentException if the subject is blank
     */
    public static ApiKeyGrant to(String subject) {
        return new ApiKeyGrant(subject, null, Set.of(), Set.of(), null);
    }

    /** Returns the same grant with the given scopes instead. */
    public ApiKeyGrant withScopes(String... granted) {
        return new ApiKeyGrant(subject, tenant, Set.of(granted), roles, expiresAt);
    }

    /** Returns the same grant with the given roles instead. */
    public ApiKeyGrant withRoles(String... granted) {
        return new ApiKeyGrant(subject, tenant, scopes, Set.of(granted), expiresAt);
    }

    /** Returns the same grant within the given tenant. */
    public ApiKeyGrant inTenant(String name) {
        return new ApiKeyGrant(subject, name, scopes, roles, expiresAt);
    }

    /** Returns the same grant with an end. */
    public ApiKeyGrant until(Instant end) {
        return new ApiKeyGrant(subject, tenant, scopes, roles, end);
    }
}
