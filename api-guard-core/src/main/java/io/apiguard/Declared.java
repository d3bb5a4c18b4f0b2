package io.apiguard;

import io.apiguard.EndpointPolicy.EndpointLimit;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.StepUp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What annotations and routes say of one endpoint while it is being compiled; not thread-safe. */
final class Declared {

    private @Nullable Access access;
    private final Set<String> scopes = new LinkedHashSet<>();
    private final Set<Set<String>> roles = new LinkedHashSet<>();
    private final Set<String> checks = new LinkedHashSet<>();
    private StepUp stepUp = StepUp.none();
    private final List<EndpointLimit> limits = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private String action = "";

    /** Adds a demand for an access; the stricter one stays. */
    void restrict(Access other) {
        access = access == null || other.compareTo(access) > 0 ? other : access;
    }

    void demandScopes(List<String> wanted) {
        restrict(Access.AUTHENTICATED);
        scopes.addAll(wanted);
    }

    void demandAnyRole(List<String> wanted) {
        restrict(Access.AUTHENTICATED);
        roles.add(Set.copyOf(wanted));
    }

    void demandChecks(List<String> wanted) {
        restrict(Access.AUTHENTICATED);
        checks.addAll(wanted);
    }

    void demandStepUp(StepUp wanted) {
        restrict(Access.AUTHENTICATED);
        if (stepUp.isCompatible(wanted)) {
            stepUp = stepUp.and(wanted);
        } else {
            restrict(Access.DENIED);
            conflict("an acr of " + new TreeSet<>(stepUp.contexts()) + " is demanded and one of "
                    + new TreeSet<>(wanted.contexts()) + ", and no credential has both");
        }
    }

    void limit(EndpointLimit limit) {
        limits.add(limit);
    }

    void source(String text) {
        sources.add(text);
    }

    void conflict(String text) {
        conflicts.add(text);
    }

    /** Sets the audit action unless something nearer to the handler has. */
    void action(String text) {
        action = action.isEmpty() ? text : action;
    }

    @Nullable Access access() {
        return access;
    }

    Set<String> scopes() {
        return scopes;
    }

    Set<Set<String>> roles() {
        return roles;
    }

    Set<String> checks() {
        return checks;
    }

    StepUp stepUp() {
        return stepUp;
    }

    List<EndpointLimit> limits() {
        return limits;
    }

    List<String> sources() {
        return sources;
    }

    List<String> conflicts() {
        return conflicts;
    }

    String action() {
        return action;
    }
}
