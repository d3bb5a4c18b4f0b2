package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of how to get a token for this service (RFC 9728). Nothing is, unless an identifier is set.
 *
 * @param identifier the service's own https URL; its metadata is then served at /.well-known/oauth-protected-resource
 * @param authorizationServers the issuers clients may go to; empty: those that settings name
 * @param scopes scopes that clients may ask for
 * @param name the service's name for people
 * @param documentation where developers find its documentation
 */
public record ResourceSettings(
        @Setting(
                description =
                        "The service's own https URL; its metadata is then served at /.well-known/oauth-protected-resource.")
        @Nullable String identifier,

        @Setting(description = "The issuers clients may go to; empty: those that settings name.")
        List<String> authorizationServers,

        @Setting(description = "Scopes that clients may ask for.")
        List<String> scopes,

        @Setting(description = "The service's name for people.") @Nullable String name,

        @Setting(description = "Where developers find its documentation.") @Nullable String documentation) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public ResourceSettings {
        authorizationServers = List.copyOf(authorizationServers);
        scopes = List.copyOf(scopes);
        if (identifier != null) {
            Checks.url("identifier", identifier, true);
        }
        Checks.that(
                identifier != null
                        || (authorizationServers.isEmpty()
                                && scopes.isEmpty()
                                && name == null
                                && documentation == null),
                "identifier",
                "is missing while other settings of resource are there",
                "Set resource.identifier to the URL that clients call this service by");
    }
}
