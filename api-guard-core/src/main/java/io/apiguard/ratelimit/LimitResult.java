package io.apiguard.ratelimit;

import io.apiguard.http.Header;
import io.apiguard.http.StructuredFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, State> scarcest = new LinkedHashMap<>();
        for (State state : states) {
            scarcest.merge(state.limit().name(), state, LimitResult::scarcer);
        }
        if (scarcest.isEmpty()) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(3);
        headers.add(new Header("RateLimit-Policy", policies(scarcest.values())));
        headers.add(new Header("RateLimit", current(scarcest.values())));
        if (denied != null) {
            headers.add(new Header("Retry-After", Long.toString(retryAfterSeconds())));
        }
        return List.copyOf(headers);
    }

    /** A field must not have two items for one policy. */
    private static State scarcer(State one, State other) {
        return other.remaining() < one.remaining() ? other : one;
    }

    private static String policies(Iterable<State> states) {
        List<String> items = new ArrayList<>();
        for (State state : states) {
            Limit limit = state.limit();
            items.add(StructuredFields.string(limit.name())
                    + ";q=" + StructuredFields.integer(limit.requests())
                    + ";w=" + StructuredFields.integer(limit.period().toSeconds()));
        }
        return String.join(", ", items);
    }

    private static String current(Iterable<State> states) {
        List<String> items = new ArrayList<>();
        for (State state : states) {
            items.add(StructuredFields.string(state.limit().name())
                    + ";r=" + StructuredFields.integer(state.remaining())
                    + ";t=" + StructuredFields.integer(state.resetSeconds()));
        }
        return String.join(", ", items);
    }
}
