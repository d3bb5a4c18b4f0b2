package io.apiguard.authn.httpsig;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who signs with a key, and what that signer may do.
 *
 * <p>Immutable and thread-safe.
 *
 * @param subject the signer's stable name, not blank
 * @param scopes the granted scopes
 * @param roles the signer's roles
 * @param tenant the tenant the signer belongs to, or {@code null}
 */
public record SignerGrant(
        String subject,
        Set<String> scopes,
        Set<String> roles,
        @Nullable String tenant) {

    /**
     * Checks and copies the members.
     *
     * @throws IllegalArgumentException if the subject is blank
     */
    public SignerGrant {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("a signer needs a subject");
        }
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /**
     * Returns a signer without scopes, roles and tenant.
     *
     * @param subject the signer's stable name, not blank
     */
    public static SignerGrant of(String subject) {
        return new SignerGrant(subject, Set.of(), Set.of(), null);
    }
}
