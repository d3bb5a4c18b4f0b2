package io.apiguard;

import io.apiguard.http.Problem;
import io.apiguard.http.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a rule of HTTP finds wrong into a denial. */
final class Violations {

    private Violations() {}

    /** Returns the denial for a violation, or {@code null} if there is none. */
    static @Nullable Denial denial(Stage stage, Optional<Violation> violation) {
        return violation.isPresent() ? denial(stage, violation.get()) : null;
    }

    static Denial denial(Stage stage, Violation violation) {
        return Denial.of(stage, violation.code(), violation.detail(), problem(violation));
    }

    private static Problem problem(Violation violation) {
        return switch (violation.status()) {
            case 400 -> Problems.malformedRequest(violation.detail());
            case 403 -> Problems.originRefused();
            case 413 -> Problems.bodyTooLarge();
            case 414 -> Problems.urlTooLong();
            case 415 -> Problems.unsupportedMediaType(violation.detail());
            case 421 -> Problems.hostRefused();
            case 431 -> Problems.headersTooLarge();
            default -> Problems.ofStatus(violation.status());
        };
    }
}
