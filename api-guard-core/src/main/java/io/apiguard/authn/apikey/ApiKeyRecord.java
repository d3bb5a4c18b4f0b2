package io.apiguard.authn.apikey;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is stored of an API key: enough to check it, not enough to use it. Immutable and thread-safe.
 *
 * @param id the key's public id, 16 letters and digits
 * @param hash HMAC-SHA-256 of the whole key under the secret {@value ApiKeys#SECRET_NAME}, 64 lower-case hex digits
 * @param secretKeyId which version of that secret it was made with
 * @param grant whom the key speaks for, and what it may do
 * @param enabled whether the key may be used; a disabled one can be enabled again
 */
public record ApiKeyRecord(String id, String hash, String secretKeyId, ApiKeyGrant grant, boolean enabled) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the hash is not 64 lower-case hex digits
     */
    public ApiKeyRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secretKeyId, "secretKeyId");
        Objects.requireNonNull(grant, "grant");
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("the hash of API key " + id + " is not 64 lower-case hex digits");
        }
    }

    /** Returns the same record, not to be used until it is enabled again. */
    public ApiKeyRecord disabled() {
        return new ApiKeyRecord(id, hash, secretKeyId, grant, false);
    }

    @Override
    public String toString() {
        return "ApiKeyRecord[" + id + ", " + grant + (enabled ? "]" : ", disabled]");
    }
}
