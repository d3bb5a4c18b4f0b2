package io.apiguard;

import io.apiguard.http.Header;
import io.apiguard.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Why a request is refused: a precise reason for the operator and a problem document for the caller.
 *
 * <p>Immutable and thread-safe. Neither part ever holds a secret.
 *
 * @param stage the check that refused
 * @param reason a stable code for audit and metrics, lower case words joined by hyphens
 * @param detail one sentence for the operator
 * @param problem what the caller sees
 * @param headers header fields of the answer, in order, such as {@code WWW-Authenticate}; a name may occur more than once
 */
public record Denial(Stage stage, String reason, String detail, Problem problem, List<Header> headers) {

    /** Copies the header fields. */
    public Denial {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(problem, "problem");
        headers = List.copyOf(headers);
    }

    /**
     * Returns a denial without header fields.
     *
     * @param stage the check that refused
     * @param reason a stable code
     * @param detail one sentence for the operator
     * @param problem what the caller sees
     * @return the denial
     */
    static Denial of(Stage stage, String reason, String detail, Problem problem) {
        return new Denial(stage, reason, detail, problem, List.of());
    }

    /**
     * Returns this denial with one more header field.
     *
     * @param name the field name
     * @param value the field value
     * @return the denial
     */
    Denial withHeader(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Denial(stage, reason, detail, problem, more);
    }
}
