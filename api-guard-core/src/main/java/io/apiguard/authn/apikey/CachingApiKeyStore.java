package io.apiguard.authn.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers for a short time what a slower store answered, that there is no such key included.
 *
 * <p>An answer is used for no longer than its time to live, counted from when the store was asked: after one second, if not told
 * otherwise, a key that was revoked elsewhere is refused here. Requests with the same key wait for one question to the store, for at
 * most five seconds. That the store failed is not remembered. Bounded and thread-safe.
 *
 * <pre>{@code
 * ApiKeys keys = ApiKeys.using(secrets, CachingApiKeyStore.over(repository));
 * }</pre>
 */
public final class CachingApiKeyStore implements ApiKeyStore {

    /** How long answers are used if nothing else is set: one second. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(1);

    /** How many answers are remembered if nothing else is set, {@value}. */
    public static final int DEFAULT_MAXIMUM = 10_000;

    private static final Duration LONGEST_TTL = Duration.ofMinutes(5);
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final ApiKeyStore store;
    private final Duration ttl;
    private final InstantSource clock;
    private final Cache<String, Answer> answers;

    private CachingApiKeyStore(ApiKeyStore store, Duration ttl, int maximum, InstantSource clock) {
        this.store = store;
        this.ttl = ttl;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumSize(maximum)
                .executor(Runnable::run)
                .build();
    }

    /** What the store said, or will say, when asked at an instant. */
    private record Answer(Instant askedAt, CompletableFuture<Optional<ApiKeyRecord>> found) {}

    /**
     * Returns a store that remembers {@value #DEFAULT_MAXIMUM} answers for one second.
     *
     * @param store the store that is asked
     */
    public static CachingApiKeyStore over(ApiKeyStore store) {
        return over(store, DEFAULT_TTL, DEFAULT_MAXIMUM, InstantSource.system());
    }

    /**
     * Returns a store that remembers answers.
     *
     * @param store the store that is asked
     * @param ttl how long an answer is used, more than zero and at most 5 minutes; a revocation made elsewhere takes effect only then
     * @param maximum how many answers are remembered, 1 to 1,000,000
     * @param clock tells the age of answers
     * @throws IllegalArgumentException if either is out of bounds
     */
    public static CachingApiKeyStore over(ApiKeyStore store, Duration ttl, int maximum, InstantSource clock) {
        if (ttl.isZero() || ttl.isNegative() || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException(
                    "answers of a store of API keys are used for more than zero and at most 5 minutes, not " + ttl);
        }
        if (maximum < 1 || maximum > 1_000_000) {
            throw new IllegalArgumentException("1 to 1000000 answers can be remembered, not " + maximum);
        }
        return new CachingApiKeyStore(store, ttl, maximum, clock);
    }

    @Override
    public Optional<ApiKeyRecord> find(String id) {
        Instant now = clock.instant();
        Answer known = answers.getIfPresent(id);
        if (known != null && isFresh(known, now)) {
            return await(known);
        }
        Answer mine = new Answer(now, new CompletableFuture<>());
        Answer first =
                answers.asMap().compute(id, (same, other) -> other != null && isFresh(other, now) ? other : mine);
        return first.equals(mine) ? ask(id, mine) : await(first);
    }

    /** Forgets what is known of a key, so that a change made in this process takes effect at once. */
    public void forget(String id) {
        answers.invalidate(id);
    }

    /** A clock that was set back makes an answer stale, not fresh for longer. */
    private boolean isFresh(Answer answer, Instant now) {
        return !now.isBefore(answer.askedAt()) && now.isBefore(answer.askedAt().plus(ttl));
    }

    private Optional<ApiKeyRecord> ask(String id, Answer mine) {
        try {
            Optional<ApiKeyRecord> found = store.find(id);
            mine.found().complete(found);
            return found;
        } finally {
            if (mine.found().completeExceptionally(new IllegalStateException("the store of API keys failed"))) {
                answers.asMap().remove(id, mine);
            }
        }
    }

    private static Optional<ApiKeyRecord> await(Answer answer) {
        try {
            return answer.found().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the store of API keys", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the store of API keys did not answer another request", e);
        }
    }
}
