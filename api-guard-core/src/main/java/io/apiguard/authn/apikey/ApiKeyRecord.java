package io.apiguard.authn.apikey;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an API key: enough to check it, not enough to use it. Immutable and thread-safe.
 *
 * @param id the key's public id, 16 letters and digits
 * @param hash HMAC-SHA-256 of the whole key under the secret {@value ApiKeys#SECRET_NAME}, 64 lower-case hex digits
 * @param secretKeyId which version of that secret it was made with
 * @param grant whom the key speaks for, and what it may do
 * @param enabled whether the key may be used; a disabled one can be enabled again
 * @param createdAt when the key was issued, or {@code null} if that is not known
 * @param lastUsedAt when the key was last found good, or {@code null} if never; some seconds late, since it is written in batches
 * @param revokedAt since when the key is revoked, for good, or {@code null} if it is not
 * @param replacedBy the id of the key that was issued in place of this one, or {@code null} if none was
 * @param version how many times the record was changed, uses not counted; a change names the version it starts from
 */
public record ApiKeyRecord(
        String id,
        String hash,
        String secretKeyId,
        ApiKeyGrant grant,
        boolean enabled,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String replacedBy,
        long version) {

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

    /**
     * A record of which no more is known, such as one written in a file of settings.
     *
     * @param id the key's public id
     * @param hash the keyed hash, 64 lower-case hex digits
     * @param secretKeyId which version of the secret it was made with
     * @param grant whom the key speaks for, and what it may do
     * @param enabled whether the key may be used
     * @throws IllegalArgumentException if the hash is not 64 lower-case hex digits
     */
    public ApiKeyRecord(String id, String hash, String secretKeyId, ApiKeyGrant grant, boolean enabled) {
        this(id, hash, secretKeyId, grant, enabled, null, null, null, null, 0);
    }

    /** Returns the same record, not to be used until it is enabled again. */
    public ApiKeyRecord disabled() {
        return with(grant, false, revokedAt, replacedBy);
    }

    /** Returns the same record, to be used unless it is revoked or has expired. */
    public ApiKeyRecord enabledAgain() {
        return with(grant, true, revokedAt, replacedBy);
    }

    /**
     * Returns the same record, never to be used again; one that is revoked already stays as it is.
     *
     * @param at since when
     */
    public ApiKeyRecord revoked(Instant at) {
        return revokedAt != null ? this : with(grant, enabled, at, replacedBy);
    }

    /**
     * Returns the same record, to be used only until its successor has taken over.
     *
     * @param successor the id of the key issued in its place
     * @param end when this one ends; one that ends sooner anyway keeps its end
     */
    public ApiKeyRecord replacedBy(String successor, Instant end) {
        return with(grant.endedAt(end) ? grant : grant.until(end), enabled, revokedAt, successor);
    }

    /** Returns the same record with another time of last use; as stores do that note uses. */
    public ApiKeyRecord usedAt(Instant at) {
        return new ApiKeyRecord(id, hash, secretKeyId, grant, enabled, createdAt, at, revokedAt, replacedBy, version);
    }

    /** Returns the same record with another version; as stores do that take a change. */
    public ApiKeyRecord atVersion(long number) {
        return new ApiKeyRecord(
                id, hash, secretKeyId, grant, enabled, createdAt, lastUsedAt, revokedAt, replacedBy, number);
    }

    ApiKeyRecord created(Instant at) {
        return new ApiKeyRecord(id, hash, secretKeyId, grant, enabled, at, lastUsedAt, revokedAt, replacedBy, version);
    }

    private ApiKeyRecord with(
            ApiKeyGrant changed, boolean usable, @Nullable Instant revocation, @Nullable String successor) {
        return new ApiKeyRecord(
                id, hash, secretKeyId, changed, usable, createdAt, lastUsedAt, revocation, successor, version);
    }

    @Override
    public String toString() {
        String state = revokedAt != null ? ", revoked]" : enabled ? "]" : ", disabled]";
        return "ApiKeyRecord[" + id + ", " + grant + state;
    }
}
