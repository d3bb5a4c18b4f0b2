package io.apiguard.authn.apikey;

import io.apiguard.http.AddressBlock;
import io.apiguard.http.IpAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an API key speaks for, what it may do, and from where. Immutable and thread-safe.
 *
 * @param subject the owner's stable name, not blank
 * @param tenant the owner's tenant, or {@code null}
 * @param scopes the granted scopes, of which none is blank or holds a control character
 * @param roles the granted roles, likewise
 * @param expiresAt the instant from which on the key is not valid any more, or {@code null} if it does not expire
 * @param allowedAddresses where the key may be used from, at most {@value #MOST_ADDRESSES} blocks; if empty, from anywhere
 */
public record ApiKeyGrant(
        String subject,
        @Nullable String tenant,
        Set<String> scopes,
        Set<String> roles,
        @Nullable Instant expiresAt,
        Set<AddressBlock> allowedAddresses) {

    /** How many address blocks a grant names at most, {@value}: every one is looked at on every request. */
    public static final int MOST_ADDRESSES = 64;

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if the subject is blank, a scope or role cannot be stored, or there are too many address blocks
     */
    public ApiKeyGrant {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("an API key needs a subject: name its owner");
        }
        scopes = names("scope", scopes);
        roles = names("role", roles);
        allowedAddresses = Set.copyOf(allowedAddresses);
        if (allowedAddresses.size() > MOST_ADDRESSES) {
            throw new IllegalArgumentException("an API key has at most " + MOST_ADDRESSES
                    + " allowed address blocks, not " + allowedAddresses.size() + ": join neighbouring blocks");
        }
    }

    /**
     * A grant for use from anywhere.
     *
     * @param subject the owner's stable name, not blank
     * @param tenant the owner's tenant, or {@code null}
     * @param scopes the granted scopes
     * @param roles the granted roles
     * @param expiresAt the instant from which on the key is not valid any more, or {@code null} if it does not expire
     * @throws IllegalArgumentException if the subject is blank, or a scope or role cannot be stored
     */
    public ApiKeyGrant(
            String subject,
            @Nullable String tenant,
            Set<String> scopes,
            Set<String> roles,
            @Nullable Instant expiresAt) {
        this(subject, tenant, scopes, roles, expiresAt, Set.of());
    }

    private static Set<String> names(String what, Set<String> names) {
        for (String name : names) {
            if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a " + what + " of an API key is blank or holds a control character: write plain names");
            }
        }
        return Set.copyOf(names);
    }

    /**
     * Returns a grant of nothing but a name, without tenant and without end.
     *
     * @param subject the owner's stable name, not blank
     * @throws IllegalArgumentException if the subject is blank
     */
    public static ApiKeyGrant to(String subject) {
        return new ApiKeyGrant(subject, null, Set.of(), Set.of(), null, Set.of());
    }

    /** Returns the same grant with the given scopes instead. */
    public ApiKeyGrant withScopes(String... granted) {
        return new ApiKeyGrant(subject, tenant, Set.of(granted), roles, expiresAt, allowedAddresses);
    }

    /** Returns the same grant with the given roles instead. */
    public ApiKeyGrant withRoles(String... granted) {
        return new ApiKeyGrant(subject, tenant, scopes, Set.of(granted), expiresAt, allowedAddresses);
    }

    /** Returns the same grant within the given tenant. */
    public ApiKeyGrant inTenant(String name) {
        return new ApiKeyGrant(subject, name, scopes, roles, expiresAt, allowedAddresses);
    }

    /** Returns the same grant with an end. */
    public ApiKeyGrant until(Instant end) {
        return new ApiKeyGrant(subject, tenant, scopes, roles, end, allowedAddresses);
    }

    /** Returns the same grant for use from the given addresses only. */
    public ApiKeyGrant onlyFrom(AddressBlock... blocks) {
        return new ApiKeyGrant(subject, tenant, scopes, roles, expiresAt, Set.of(blocks));
    }

    /** Returns whether the key may be used from there; an unknown address lies in no block. */
    boolean allows(@Nullable IpAddress client) {
        if (allowedAddresses.isEmpty()) {
            return true;
        }
        return client != null && allowedAddresses.stream().anyMatch(block -> block.contains(client));
    }

    boolean endedAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
