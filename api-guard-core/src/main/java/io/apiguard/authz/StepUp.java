package io.apiguard.authz;

import io.apiguard.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a caller must have been authenticated, beyond being authenticated at all (RFC 9470).
 *
 * <p>Immutable and thread-safe.
 *
 * @param contexts authentication context classes ({@code acr}), one of which the credential must name; empty: any will do
 * @param maxAge how long ago the caller may have proved to the issuer who it is ({@code auth_time}), this long included, or {@code null}: any
 *     time will do
 * @param boundOnly whether the credential must be of no use without a key the caller holds
 */
public record StepUp(Set<String> contexts, @Nullable Duration maxAge, boolean boundOnly) {

    private static final StepUp NONE = new StepUp(Set.of(), null, false);

    /**
     * Copies the contexts.
     *
     * @throws IllegalArgumentException if the age is negative
     */
    public StepUp {
        contexts = Set.copyOf(contexts);
        if (maxAge != null && maxAge.isNegative()) {
            throw new IllegalArgumentException(
                    "the maximum age of an authentication must not be negative, as " + maxAge);
        }
    }

    /** {@return the demand that every authenticated caller meets} */
    public static StepUp none() {
        return NONE;
    }

    /** {@return whether every authenticated caller meets it} */
    public boolean isNone() {
        return contexts.isEmpty() && maxAge == null && !boundOnly;
    }

    /**
     * Returns whether one credential could meet this demand and another: a credential names one context only.
     *
     * @param other the other demand
     * @return whether the two have a context in common, or one of them takes any
     */
    public boolean isCompatible(StepUp other) {
        return contexts.isEmpty()
                || other.contexts.isEmpty()
                || contexts.stream().anyMatch(other.contexts::contains);
    }

    /**
     * Returns the demand that is met by exactly what meets both.
     *
     * @param other the other demand
     * @return the conjunction
     * @throws IllegalArgumentException if nothing could meet both
     */
    public StepUp and(StepUp other) {
        if (!isCompatible(other)) {
            throw new IllegalArgumentException("one credential cannot name an authentication context of " + contexts
                    + " and of " + other.contexts);
        }
        return new StepUp(bothContexts(other), shorter(maxAge, other.maxAge), boundOnly || other.boundOnly);
    }

    private Set<String> bothContexts(StepUp other) {
        if (contexts.isEmpty() || other.contexts.isEmpty()) {
            return contexts.isEmpty() ? other.contexts : contexts;
        }
        Set<String> both = new LinkedHashSet<>(contexts);
        both.retainAll(other.contexts);
        return both;
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Whether the credential names a context that is demanded; one that names none does not. */
    boolean contextFits(Identity identity) {
        return contexts.isEmpty()
                || identity.authenticationContext().filter(contexts::contains).isPresent();
    }

    /** Whether the caller proved who it is lately enough; a credential that does not say when does not show it. */
    boolean ageFits(Identity identity, Instant now) {
        Duration most = maxAge;
        return most == null
                || identity.authenticatedAt()
                        .filter(at -> Duration.between(at, now).compareTo(most) <= 0)
                        .isPresent();
    }
}
