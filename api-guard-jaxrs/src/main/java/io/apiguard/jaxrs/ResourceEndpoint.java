package io.apiguard.jaxrs;

import io.apiguard.Endpoint;
import java.util.List;

/**
 * A resource method, or a locator of sub-resources, at one place of the application.
 *
 * @param endpoint what the guard knows of it
 * @param root the path of the root resource class, and whatever follows it
 * @param path the path it is matched by, below the application's own
 * @param locators the locators that lead to it, from the root on
 * @param locator whether it is a locator itself
 */
record ResourceEndpoint(
        Endpoint endpoint, ResourcePath root, ResourcePath path, List<ResourceEndpoint> locators, boolean locator) {

    /** Copies the locators. */
    ResourceEndpoint {
        locators = List.copyOf(locators);
    }

    Class<?> resourceClass() {
        Class<?> type = endpoint.handlerClass();
        if (type == null) {
            throw new IllegalStateException("a resource without a class");
        }
        return type;
    }
}
