package io.apiguard;

import io.apiguard.GuardSettings.Access;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint or a group of endpoints demands; adds up with the annotations found there.
 *
 * @param endpoint the endpoint: GET /orders/{id}, /admin/**, or a handler's name, OrdersController.get
 * @param access who may call; not set: what the annotations say, or authenticated where the route demands
 *     something
 * @param scopes scopes that the caller must all have
 * @param roles roles of which the caller must have one
 * @param objectChecks names of object checks that must all let the caller in
 * @param acr authentication contexts, one of which the credential must name (RFC 9470)
 * @param maxAuthAge how long ago the caller may have logged in at the issuer
 * @param boundOnly take only credentials bound to a key of the caller
 * @param limits limits in place of the standard ones, each as a text or as the name of a named one (search cost
 *     5)
 * @param auditAction what audit events call a request to this endpoint
 * @param report judge and audit, but do not refuse
 * @param maxBody the longest body; not set: size.max-body
 * @param contentTypes media types of bodies; empty: size.content-types
 * @param redact paths that are masked in this endpoint's answers
 */
public record RouteSettings(
        @Setting(
                description =
                        "The endpoint: GET /orders/{id}, /admin/**, or a handler's name, " + "OrdersController.get.",
                required = true)
        RouteEndpoint endpoint,

        @Setting(
                description = "Who may call; not set: what the annotations say, or authenticated where the "
                        + "route demands something.")
        @Nullable Access access,

        @Setting(description = "Scopes that the caller must all have.")
        List<String> scopes,

        @Setting(description = "Roles of which the caller must have one.")
        List<String> roles,

        @Setting(description = "Names of object checks that must all let the caller in.")
        List<String> objectChecks,

        @Setting(description = "Authentication contexts (acr), one of which the credential must name (RFC 9470).")
        List<String> acr,

        @Setting(description = "How long ago the caller may have logged in at the issuer (auth_time).") @Nullable Duration maxAuthAge,

        @Setting(description = "Take only credentials bound to a key of the caller.", defaultValue = "false")
        boolean boundOnly,

        @Setting(
                description = "Limits in place of the standard ones, each as a text or as the name of a named "
                        + "one (search cost 5).")
        List<String> limits,

        @Setting(description = "What audit events call a request to this endpoint.") @Nullable String auditAction,

        @Setting(description = "Judge and audit, but do not refuse.", defaultValue = "false")
        boolean report,

        @Setting(description = "The longest body; not set: size.max-body.", bytes = true) @Nullable Long maxBody,

        @Setting(description = "Media types of bodies; empty: size.content-types.")
        List<String> contentTypes,

        @Setting(description = "Paths that are masked in this endpoint's answers.")
        List<RedactionRuleText> redact) {

    static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]++");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public RouteSettings {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        objectChecks = List.copyOf(objectChecks);
        acr = List.copyOf(acr);
        limits = List.copyOf(limits);
        contentTypes = List.copyOf(contentTypes);
        redact = List.copyOf(redact);
        boolean stepUp = !acr.isEmpty() || maxAuthAge != null || boundOnly;
        boolean demanding = stepUp || !scopes.isEmpty() || !roles.isEmpty() || !objectChecks.isEmpty();
        Checks.that(
                !demanding || access == null || access == Access.AUTHENTICATED,
                "access",
                "contradicts the scopes, roles, object checks or authentication demanded beside it",
                "Set access: authenticated, or remove them");
        for (String scope : scopes) {
            Checks.that(
                    SCOPE.matcher(scope).matches(),
                    "scopes",
                    "has " + Texts.quote(scope) + ", which is no scope (RFC 6749 section 3.3)",
                    "Write one scope per element");
        }
        if (maxAuthAge != null) {
            Checks.range("max-auth-age", maxAuthAge, Duration.ZERO, Duration.ofDays(366));
        }
        for (String context : acr) {
            Checks.that(
                    SCOPE.matcher(context).matches(),
                    "acr",
                    "has " + Texts.quote(context) + ", which cannot stand in acr_values (RFC 9470 section 3)",
                    "Write one context per element, without spaces and quotes");
        }
        if (maxBody != null) {
            Checks.range("max-body", maxBody, 0, 1L << 40);
        }
        SettingsRules.checkMediaTypes(contentTypes);
    }
}
