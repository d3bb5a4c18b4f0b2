package io.apiguard.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something an operator should know of that is not about one exchange: keys that could not be fetched, audit events dropped, a header
 * that an untrusted peer sent.
 *
 * <p>Immutable and thread-safe. No attribute ever holds a token, a key or a certificate.
 *
 * @param name what happened, lower case words joined by dots, such as {@code jwks.fetch.failed}; stable, so that it can name a metric
 * @param severity how much it matters
 * @param message one sentence for a person
 * @param attributes details by name, in order
 */
public record GuardEvent(String name, Severity severity, String message, Map<String, String> attributes) {

    /** How much an event matters to an operator. */
    public enum Severity {
        /** Part of normal operation. */
        INFO,
        /** The guard goes on with something less than it should have. */
        WARNING,
        /** Requests are refused, or a duty was not met, because of this. */
        ERROR
    }

    /** Copies the attributes. */
    public GuardEvent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
