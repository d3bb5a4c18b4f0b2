package io.apiguard.authz;

import io.apiguard.authz.AccessDecision.AuthenticationRequired;
import io.apiguard.authz.AccessDecision.BindingRequired;
import io.apiguard.authz.AccessDecision.CheckFailed;
import io.apiguard.authz.AccessDecision.Forbidden;
import io.apiguard.authz.AccessDecision.InsufficientAuthentication;
import io.apiguard.authz.AccessDecision.InsufficientScope;
import io.apiguard.authz.AccessDecision.Permitted;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.AccessRule.NamedCheck;
import io.apiguard.identity.Identity;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may call: base access, then how the caller was authenticated, then scopes, then roles, then object-level checks; the first demand that is not met
 * decides.
 *
 * <p>Stateless and thread-safe. Never throws for what a caller sends or a check does.
 */
public final class Authorizer {

    private static final Permitted PERMITTED = new Permitted();

    private Authorizer() {}

    /**
     * Decides about one caller.
     *
     * @param rule what the endpoint demands
     * @param identity the caller, or {@code null} for one without a verified identity
     * @param object what the request names; asked only if the rule has checks
     * @param clock tells the age of an authentication
     * @return the decision
     */
    public static AccessDecision decide(
            AccessRule rule, @Nullable Identity identity, Supplier<ObjectReference> object, InstantSource clock) {
        if (rule.access() == Access.DENIED) {
            return new Forbidden("denied", "nobody may call this endpoint");
        }
        if (rule.access() == Access.PUBLIC) {
            return PERMITTED;
        }
        if (identity == null) {
            return new AuthenticationRequired();
        }
        AccessDecision weak = rule.stepUp().isNone() ? null : stepUp(identity, rule.stepUp(), clock);
        return weak == null ? decideFor(identity, rule, object) : weak;
    }

    private static @Nullable AccessDecision stepUp(Identity identity, StepUp demand, InstantSource clock) {
        if (demand.boundOnly() && !identity.isSenderConstrained()) {
            return new BindingRequired();
        }
        if (!demand.contextFits(identity)) {
            return new InsufficientAuthentication(demand, "needs an acr of " + new TreeSet<>(demand.contexts()));
        }
        return demand.ageFits(identity, clock.instant())
                ? null
                : new InsufficientAuthentication(demand, "needs an auth_time at most " + demand.maxAge() + " ago");
    }

    private static AccessDecision decideFor(Identity identity, AccessRule rule, Supplier<ObjectReference> object) {
        if (!identity.hasScopes(rule.scopes())) {
            Set<String> missing = new LinkedHashSet<>(rule.scopes());
            missing.removeAll(identity.scopes());
            return new InsufficientScope(rule.scopes(), missing);
        }
        for (Set<String> anyOf : rule.roles()) {
            if (!identity.hasAnyRole(anyOf)) {
                return new Forbidden("role", "needs one of the roles " + new TreeSet<>(anyOf));
            }
        }
        return rule.checks().isEmpty() ? PERMITTED : check(rule, identity, object.get());
    }

    private static AccessDecision check(AccessRule rule, Identity identity, ObjectReference object) {
        for (NamedCheck named : rule.checks()) {
            try {
                if (!named.check().permits(identity, object)) {
                    return new Forbidden("object", "check '" + named.name() + "' refused");
                }
            } catch (RuntimeException e) {
                return new CheckFailed(named.name(), e);
            }
        }
        return PERMITTED;
    }
}
