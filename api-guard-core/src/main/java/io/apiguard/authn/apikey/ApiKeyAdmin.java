package io.apiguard.authn.apikey;

import io.apiguard.authn.apikey.ListedApiKey.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists, rotates and revokes the API keys in a repository. Who may do so is for the caller to decide.
 *
 * <pre>{@code
 * ApiKeyAdmin admin = ApiKeyAdmin.of(ApiKeys.using(secrets, repository), repository);
 * IssuedApiKey issued = admin.issue(ApiKeyGrant.to("billing-job").withScopes("invoices:read"));
 * show(issued.key()); // once
 * IssuedApiKey next = admin.rotate(issued.stored().id(), Duration.ofDays(7));
 * }</pre>
 *
 * <p>Methods that change a key throw {@link IllegalArgumentException} if there is none of that id, {@link IllegalStateException} if its
 * state does not allow the change, and whatever the repository throws. Thread-safe; two changes at once both take effect, or one of
 * them is refused.
 */
public final class ApiKeyAdmin {

    /** How long a replaced key may live on, at most: one year. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(366);

    private static final int TRIES = 8;

    private final ApiKeys keys;
    private final ApiKeyRepository repository;

    private ApiKeyAdmin(ApiKeys keys, ApiKeyRepository repository) {
        this.keys = keys;
        this.repository = repository;
    }

    /**
     * Returns an administration of a repository.
     *
     * @param keys makes the keys: has the secrets, the prefix and the clock
     * @param repository where they are kept
     */
    public static ApiKeyAdmin of(ApiKeys keys, ApiKeyRepository repository) {
        return new ApiKeyAdmin(keys, repository);
    }

    /**
     * Issues a key and stores its record.
     *
     * @param grant whom the key speaks for, what it may do, and from where
     * @return the key, which cannot be had again, and what was stored
     */
    public IssuedApiKey issue(ApiKeyGrant grant) {
        for (int i = 0; i < TRIES; i++) {
            IssuedApiKey issued = keys.issue(grant);
            if (repository.insert(issued.stored())) {
                return issued;
            }
        }
        throw new IllegalStateException("every new API key has the id of another one: the source of chance is broken");
    }

    /** Returns a key as it stands, or empty if there is none of that id. */
    public Optional<ListedApiKey> find(String id) {
        return repository.find(id).map(this::listed);
    }

    /**
     * Returns keys, page by page; see {@link ApiKeyRepository#list}.
     *
     * @param after the id of the last key of the page before, or the empty text for the first page
     * @param limit how many at most, 1 to {@value ApiKeyRepository#LARGEST_PAGE}
     * @throws IllegalArgumentException if the limit is out of bounds
     */
    public List<ListedApiKey> list(String after, int limit) {
        return repository.list(after, limit).stream().map(this::listed).toList();
    }

    private ListedApiKey listed(ApiKeyRecord stored) {
        return new ListedApiKey(stored, state(stored), keys.hashedWith(stored));
    }

    private State state(ApiKeyRecord stored) {
        if (stored.revokedAt() != null) {
            return State.REVOKED;
        }
        if (keys.hasEnded(stored)) {
            return State.EXPIRED;
        }
        if (!stored.enabled()) {
            return State.DISABLED;
        }
        return stored.replacedBy() == null ? State.ACTIVE : State.REPLACED;
    }

    /**
     * Issues a key with the same grant, its end included, in place of another one, which lives on for a while.
     *
     * @param id the id of the key to replace, which must be active and not replaced yet
     * @param overlap how long both are good, zero to {@link #LONGEST_OVERLAP}; with zero the old one ends now
     * @return the new key, which cannot be had again, and what was stored of it
     */
    public IssuedApiKey rotate(String id, Duration overlap) {
        return rotate(id, overlap, null);
    }

    /**
     * Issues a key with the same grant but another end in place of another one, which lives on for a while.
     *
     * @param id the id of the key to replace, which must be active and not replaced yet
     * @param overlap how long both are good, zero to {@link #LONGEST_OVERLAP}; with zero the old one ends now
     * @param end when the new one ends, or {@code null} for when the old one would have
     * @return the new key, which cannot be had again, and what was stored of it
     */
    public IssuedApiKey rotate(String id, Duration overlap, @Nullable Instant end) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("keys overlap for zero to 366 days, not for " + overlap);
        }
        for (int i = 0; i < TRIES; i++) {
            ApiKeyRecord old = replaceable(id);
            IssuedApiKey issued =
                    keys.issue(end == null ? old.grant() : old.grant().until(end));
            ApiKeyRecord successor = issued.stored();
            if (repository.rotate(old, old.replacedBy(successor.id(), keys.now().plus(overlap)), successor)) {
                return issued;
            }
        }
        throw busy(id);
    }

    private ApiKeyRecord replaceable(String id) {
        ListedApiKey found = listed(stored(id));
        return switch (found.state()) {
            case ACTIVE -> found.stored();
            case REPLACED ->
                throw new IllegalStateException("API key " + id + " is replaced by "
                        + found.stored().replacedBy() + " already: rotate that one");
            case DISABLED -> throw new IllegalStateException("API key " + id + " is disabled: enable it first");
            case EXPIRED -> throw new IllegalStateException("API key " + id + " has expired: issue a new one");
            case REVOKED -> throw new IllegalStateException("API key " + id + " is revoked: issue a new one");
        };
    }

    /**
     * Revokes a key, for good. The key that replaced it is not revoked with it.
     *
     * @return the record as it stands now; of a key that was revoked before, with that time
     */
    public ApiKeyRecord revoke(String id) {
        return change(id, stored -> stored.revoked(keys.now()));
    }

    /**
     * Lets a key not be used until it is enabled again.
     *
     * @return the record as it stands now
     */
    public ApiKeyRecord disable(String id) {
        return change(id, stored -> unrevoked(stored).disabled());
    }

    /**
     * Lets a disabled key be used again.
     *
     * @return the record as it stands now
     */
    public ApiKeyRecord enable(String id) {
        return change(id, stored -> unrevoked(stored).enabledAgain());
    }

    private static ApiKeyRecord unrevoked(ApiKeyRecord stored) {
        if (stored.revokedAt() != null) {
            throw new IllegalStateException("API key " + stored.id() + " is revoked, which is final: issue a new one");
        }
        return stored;
    }

    private ApiKeyRecord change(String id, UnaryOperator<ApiKeyRecord> change) {
        for (int i = 0; i < TRIES; i++) {
            ApiKeyRecord stored = stored(id);
            ApiKeyRecord changed = change.apply(stored);
            if (changed.equals(stored)) {
                return stored;
            }
            if (repository.update(stored, changed)) {
                return changed.atVersion(stored.version() + 1);
            }
        }
        throw busy(id);
    }

    private ApiKeyRecord stored(String id) {
        return repository
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no API key of the id given"));
    }

    private static IllegalStateException busy(String id) {
        return new IllegalStateException("API key " + id + " is being changed by others again and again: try later");
    }
}
