package io.apiguard.http;

import java.util.Objects;

/**
 * What is wrong with a request, found by one of the rules of this package: a value, never an exception.
 *
 * <p>Immutable and thread-safe. It never holds anything that came with the request.
 *
 * @param status the HTTP status to answer with, 400 to 599
 * @param code the reason for audit and metrics, lower case words joined by hyphens; stable
 * @param detail what the caller can do, one sentence
 */
public record Violation(int status, String code, String detail)
        implements PathResult, HostResult, ClientResult, PreflightResult {

    /** Checks the members. */
    public Violation {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }
}
