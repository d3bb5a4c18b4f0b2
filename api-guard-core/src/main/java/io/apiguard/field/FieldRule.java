package io.apiguard.field;

import io.apiguard.identity.Identity;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one sensitive value: how it is masked, and for whom it is not.
 *
 * <p>Immutable and thread-safe.
 *
 * @param mask what is shown instead
 * @param audiences a caller who belongs to every one of these sees the value; never empty
 */
public record FieldRule(Mask mask, Set<Audience> audiences) {

    /**
     * Copies the audiences.
     *
     * @throws IllegalArgumentException if there is none: that would show the value to everybody
     */
    public FieldRule {
        audiences = Set.copyOf(audiences);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(
                    "a field rule needs an audience; Audience.nobody() if none may see the value");
        }
    }

    /**
     * Makes a rule that masks a value for everybody but one audience.
     *
     * @param mask what is shown instead
     * @param audience who sees the value
     * @return the rule
     */
    public static FieldRule of(Mask mask, Audience audience) {
        return new FieldRule(mask, Set.of(audience));
    }

    /**
     * Joins two rules about the same value: the stricter mask ({@link Mask#REMOVE}, then {@link Mask#REPLACE}, then
     * {@link Mask#LAST_FOUR}), and only those see the value who do under both.
     *
     * @param other the other rule
     * @return the rule that holds both
     */
    public FieldRule and(FieldRule other) {
        if (equals(other)) {
            return this;
        }
        Set<Audience> both = new LinkedHashSet<>(audiences);
        both.addAll(other.audiences);
        return new FieldRule(strictness(mask) >= strictness(other.mask) ? mask : other.mask, both);
    }

    /**
     * Joins two rules of which either may be missing.
     *
     * @param one a rule, or {@code null}
     * @param other a rule, or {@code null}
     * @return the rule that holds both, or {@code null} if there is none
     */
    public static @Nullable FieldRule both(@Nullable FieldRule one, @Nullable FieldRule other) {
        return one == null ? other : other == null ? one : one.and(other);
    }

    /**
     * Tells whether a caller sees the value unmasked.
     *
     * @param viewer the caller, or {@code null} for an anonymous one
     * @return whether the caller belongs to every audience
     */
    public boolean isVisibleTo(@Nullable Identity viewer) {
        for (Audience audience : audiences) {
            if (!audience.includes(viewer)) {
                return false;
            }
        }
        return true;
    }

    private static int strictness(Mask mask) {
        return switch (mask) {
            case LAST_FOUR -> 0;
            case REPLACE -> 1;
            case REMOVE -> 2;
        };
    }
}
