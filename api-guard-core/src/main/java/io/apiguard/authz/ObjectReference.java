package io.apiguard.authz;

import java.util.Map;
import java.util.Optional;

/**
 * The object that a request names, as far as its method and path tell.
 *
 * @param method the request method
 * @param template the path template of the endpoint, such as {@code /orders/{id}}
 * @param pathParameters the decoded values of the template's variables, as the framework itself bound them; unmodifiable
 */
public record ObjectReference(String method, String template, Map<String, String> pathParameters) {

    /** Copies the parameters. */
    public ObjectReference {
        pathParameters = Map.copyOf(pathParameters);
    }

    /** Returns the value of one path variable, if the template has it. */
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }
}
