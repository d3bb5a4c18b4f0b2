package io.apiguard.http;

import java.util.List;

/** What {@link CorsRules#preflight} finds: the fields of the answer, or why there is none. */
public sealed interface PreflightResult permits PreflightResult.Allowed, Violation {

    /**
     * The preflight is allowed; it is answered with 204 and these fields.
     *
     * @param headers the fields, unmodifiable
     */
    record Allowed(List<Header> headers) implements PreflightResult {

        /** Copies the fields. */
        public Allowed {
            headers = List.copyOf(headers);
        }
    }
}
