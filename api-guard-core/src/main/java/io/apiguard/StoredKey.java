package io.apiguard;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.http.AddressBlock;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One API key that is accepted, without the key itself.
 *
 * @param id the public part of the key that names this record
 * @param hash the keyed hash of the key, as the tool that made the key printed it
 * @param secretKeyId the version of the secret that the hash was made with
 * @param subject who the key stands for
 * @param tenant the tenant the caller belongs to
 * @param scopes scopes granted to the key
 * @param roles roles of the key
 * @param allowedAddresses addresses and networks (CIDR) the key may be used from; empty: from anywhere
 * @param expires when the key ends, such as 2030-01-31T00:00:00Z; not set: never
 * @param enabled whether the key may be used
 * @param created when the key was made
 * @param replacedBy the id of the key that was made in its place
 */
public record StoredKey(
        @Setting(description = "The public part of the key that names this record.", required = true)
        String id,

        @Setting(description = "The keyed hash of the key, as the tool that made the key printed it.", required = true)
        String hash,

        @Setting(description = "The version of the secret that the hash was made with.", required = true)
        String secretKeyId,

        @Setting(description = "Who the key stands for.", required = true)
        String subject,

        @Setting(description = "The tenant the caller belongs to.") @Nullable String tenant,

        @Setting(description = "Scopes granted to the key.") List<String> scopes,

        @Setting(description = "Roles of the key.") List<String> roles,

        @Setting(description = "Addresses and networks (CIDR) the key may be used from; empty: from anywhere.")
        List<String> allowedAddresses,

        @Setting(description = "When the key ends, such as 2030-01-31T00:00:00Z; not set: never.") @Nullable Instant expires,

        @Setting(description = "Whether the key may be used.", defaultValue = "true")
        boolean enabled,

        @Setting(description = "When the key was made.") @Nullable Instant created,

        @Setting(description = "The id of the key that was made in its place.") @Nullable String replacedBy) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public StoredKey {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        allowedAddresses = List.copyOf(allowedAddresses);
        SettingsRules.checkReadable("allowed-addresses", allowedAddresses, AddressBlock::parse);
        Checks.that(
                allowedAddresses.size() <= ApiKeyGrant.MOST_ADDRESSES,
                "allowed-addresses",
                "has " + allowedAddresses.size() + " elements",
                "Join neighbouring networks, so that there are at most " + ApiKeyGrant.MOST_ADDRESSES);
    }

    /**
     * Returns the key as stores hold it.
     *
     * @return a record of version 0
     * @throws IllegalArgumentException if the hash is not 64 lower-case hex digits, or the subject, a scope or a role is blank
     */
    public ApiKeyRecord toRecord() {
        Set<AddressBlock> addresses =
                allowedAddresses.stream().map(AddressBlock::parse).collect(Collectors.toUnmodifiableSet());
        ApiKeyGrant grant = new ApiKeyGrant(subject, tenant, Set.copyOf(scopes), Set.copyOf(roles), expires, addresses);
        return new ApiKeyRecord(id, hash, secretKeyId, grant, enabled, created, null, null, replacedBy, 0);
    }

    @Override
    public String toString() {
        return "StoredKey[" + id + " of " + subject + "]";
    }
}
