package io.apiguard.ratelimit;

import io.apiguard.http.Header;
import io.apiguard.http.StructuredFields;
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
     * lists of Strings with the parameters q and w, r and t), and Retry-After if the request was denied.
     *
     * @return the fields, empty if no limit was charged; unmodifiable
     */
    public List<Header> headers() {
        if (states.isEmpty()) {
            return List.of();
        }
        StringBuilder policies = new StringBuilder(128);
        StringBuilder current = new StringBuilder(128);
        for (int i = 0; i < states.size(); i++) {
            if (isScarcest(i)) {
                append(states.get(i), policies, current);
            }
        }
        List<Header> headers = new ArrayList<>(3);
        headers.add(new Header("RateLimit-Policy", policies.toString()));
        headers.add(new Header("RateLimit", current.toString()));
        if (denied != null) {
            headers.add(new Header("Retry-After", Long.toString(retryAfterSeconds())));
        }
        return List.copyOf(headers);
    }

    /** A field must not have two items for one policy. */
    private boolean isScarcest(int index) {
        State state = states.get(index);
        for (int i = 0; i < states.size(); i++) {
            State other = states.get(i);
            long more = other.remaining() - state.remaining();
            if ((more < 0 || more == 0 && i < index)
                    && other.limit().name().equals(state.limit().name())) {
                return false;
            }
        }
        return true;
    }

    private static void append(State state, StringBuilder policies, StringBuilder current) {
        Limit limit = state.limit();
        String name = StructuredFields.string(limit.name());
        policies.append(policies.isEmpty() ? "" : ", ").append(name);
        policies.append(";q=")
                .append(limit.requests())
                .append(";w=")
                .append(limit.period().toSeconds());
        current.append(current.isEmpty() ? "" : ", ").append(name);
        current.append(";r=")
                .append(Math.max(0, state.remaining()))
                .append(";t=")
                .append(state.resetSeconds());
    }
}
