package io.apiguard;

import java.util.List;

/**
 * Tells why a guard cannot be built, and so why an application does not start: one message that lists every problem with the setting or handler it is about
 * and the remedy.
 */
public final class GuardConfigurationException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    GuardConfigurationException(List<String> problems) {
        super("API Guard does not start:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    GuardConfigurationException(String problem, Throwable cause) {
        super("API Guard does not start:\n  - " + problem, cause);
        this.problems = List.of(problem);
    }

    /** {@return the problems, each one sentence or more for a person; unmodifiable} */
    public List<String> problems() {
        return problems;
    }
}
