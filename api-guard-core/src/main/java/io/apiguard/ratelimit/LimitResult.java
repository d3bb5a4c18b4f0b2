package io.apiguard.ratelimit;

import io.apiguard.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of charging a request to its limits, with the RateLimit fields that tell the caller.
 *
 * <p>Immutable and thread-safe.
 *
 * @param states each limit's state after the charge, in the order charged
 * @param denied the limit that must be waited for longest, or {@code null} if the request was charged to all
 */
public record LimitResult(List<State> states, @Nullable State denied) {

    /** Copies the states. */
    public LimitResult {
        states = List.copyOf(states);
    }

    /**
     * One limit's state.
     *
     * @param limit the limit
     * @param remaining how many tokens are left
     * @param resetSeconds whole seconds, rounded up, until the bucket is full; if this limit denied the request, until
     *     it has room for it
     */
    public record State(Limit limit, long remaining, long resetSeconds) {}

    /** {@return whether every limit had room; then, and only then, all were charged} */
    public boolean allowed() {
        return denied == null;
    }

    /** {@return the limit that must be waited for longest, if the request was denied} */
    public Optional<Limit> deniedBy() {
        return Optional.ofNullable(denied).map(State::limit);
    }

    /** {@return for a denied request the whole seconds after which it may be tried again, at least 1; else 0} */
    public long retryAfterSeconds() {
        return denied == null ? 0 : Math.max(1, denied.resetSeconds());
    }

    /**
     * Returns this result together with that of other charges for the same request, made before.
     *
     * @param earlier the earlier result
     * @return both, the states of the earlier one first; denied if either is
     */
    public LimitResult after(LimitResult earlier) {
        List<State> all = new ArrayList<>(earlier.states);
        all.addAll(states);
        return new LimitResult(all, denied == null ? earlier.denied : denied);
    }

    /**
     * Returns the fields that tell the caller: RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10,
     * lists of Strings with the parameters q and w, r and t), and Retry-After if the request was denied. {@link LimitFields}
     * does the same for a list of limits that is known before.
     *
     * @return the fields, empty if no limit was charged; unmodifiable
     */
    public List<Header> headers() {
        return LimitFields.of(states.stream().map(State::limit).toList()).of(this);
    }
}
