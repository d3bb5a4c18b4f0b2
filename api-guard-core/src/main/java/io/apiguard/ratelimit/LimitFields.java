package io.apiguard.ratelimit;

import io.apiguard.http.Header;
import io.apiguard.http.StructuredFields;
import io.apiguard.ratelimit.LimitResult.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The fields that tell callers of their limits: RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10, lists of
 * Strings with the parameters q and w, r and t), and Retry-After.
 *
 * <p>What is the same for every request is put together once for a list of limits. Immutable and thread-safe.
 */
public final class LimitFields {

    private final List<Limit> limits;
    private final String[] names;
    private final boolean distinct;
    private final Header policy;

    private LimitFields(List<Limit> limits) {
        this.limits = List.copyOf(limits);
        this.names = new String[limits.size()];
        StringBuilder policies = new StringBuilder(128);
        for (int i = 0; i < names.length; i++) {
            names[i] = StructuredFields.string(limits.get(i).name());
            append(names[i], limits.get(i), policies);
        }
        this.distinct = new HashSet<>(List.of(names)).size() == names.length;
        this.policy = new Header("RateLimit-Policy", policies.toString());
    }

    private static void append(String name, Limit limit, StringBuilder policies) {
        policies.append(policies.isEmpty() ? "" : ", ").append(name);
        policies.append(";q=").append(limit.requests());
        policies.append(";w=").append(limit.period().toSeconds());
    }

    /**
     * Prepares the fields for a list of limits.
     *
     * @param limits the limits
     * @return the fields
     */
    public static LimitFields of(List<Limit> limits) {
        return new LimitFields(limits);
    }

    /**
     * Returns the fields that tell the caller what came of charging these limits; Retry-After is among them if the request was denied.
     *
     * @param result what came of it: a state for each of the limits, in their order
     * @return the fields, empty if no limit was charged; unmodifiable
     * @throws IllegalArgumentException if the states are those of other limits
     */
    public List<Header> of(LimitResult result) {
        List<State> states = result.states();
        if (!areOfTheseLimits(states)) {
            throw new IllegalArgumentException("the states must be those of the limits that the fields were made for");
        }
        if (states.isEmpty()) {
            return List.of();
        }
        if (!distinct) {
            List<State> scarcest = scarcest(states);
            return of(scarcest.stream().map(State::limit).toList()).of(new LimitResult(scarcest, result.denied()));
        }
        Header current = current(states);
        return result.allowed()
                ? List.of(policy, current)
                : List.of(policy, current, new Header("Retry-After", Long.toString(result.retryAfterSeconds())));
    }

    private boolean areOfTheseLimits(List<State> states) {
        boolean same = states.size() == limits.size();
        for (int i = 0; same && i < states.size(); i++) {
            same = states.get(i).limit().equals(limits.get(i));
        }
        return same;
    }

    private Header current(List<State> states) {
        StringBuilder current = new StringBuilder(128);
        for (int i = 0; i < names.length; i++) {
            State state = states.get(i);
            current.append(i == 0 ? "" : ", ").append(names[i]);
            current.append(";r=").append(Math.max(0, state.remaining()));
            current.append(";t=").append(state.resetSeconds());
        }
        return new Header("RateLimit", current.toString());
    }

    /** A field must not have two items for one policy. */
    private static List<State> scarcest(List<State> states) {
        List<State> scarcest = new ArrayList<>(states.size());
        for (int i = 0; i < states.size(); i++) {
            if (isScarcest(states, i)) {
                scarcest.add(states.get(i));
            }
        }
        return scarcest;
    }

    private static boolean isScarcest(List<State> states, int index) {
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
}
