package io.apiguard.authz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may call an endpoint: the demands of its annotations and routes, added up.
 *
 * <p>Immutable and thread-safe.
 *
 * @param access the base: public, authenticated or denied
 * @param scopes scopes all of which are demanded
 * @param roles sets of roles, of each of which the caller must have at least one
 * @param checks the object-level checks, all of which must let the caller in
 * @param stepUp how the caller must have been authenticated
 */
public record AccessRule(
        Access access, Set<String> scopes, List<Set<String>> roles, List<NamedCheck> checks, StepUp stepUp) {

    /** What an endpoint demands before scopes, roles and checks are looked at. */
    public enum Access {
        /** Everyone may call. */
        PUBLIC,
        /** A verified identity is demanded. */
        AUTHENTICATED,
        /** Nobody may call. */
        DENIED
    }

    /**
     * An object-level check with the name it was registered under.
     *
     * @param name the name, shown in refusals to the operator
     * @param check the application's function
     */
    public record NamedCheck(String name, ObjectCheck check) {}

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if a public rule carries a demand, or a set of roles is empty and so could never be met
     */
    public AccessRule {
        scopes = Set.copyOf(scopes);
        roles = roles.stream().map(Set::copyOf).distinct().toList();
        checks = List.copyOf(checks);
        if (access == Access.PUBLIC && !(scopes.isEmpty() && roles.isEmpty() && checks.isEmpty() && stepUp.isNone())) {
            throw new IllegalArgumentException("a public rule can demand no scopes, roles or checks");
        }
        if (roles.stream().anyMatch(Set::isEmpty)) {
            throw new IllegalArgumentException("a demand for roles must name at least one");
        }
    }

    /**
     * Makes a rule that takes every way of authentication.
     *
     * @param access the base: public, authenticated or denied
     * @param scopes scopes all of which are demanded
     * @param roles sets of roles, of each of which the caller must have at least one
     * @param checks the object-level checks, all of which must let the caller in
     * @throws IllegalArgumentException if a public rule carries a demand, or a set of roles is empty and so could never be met
     */
    public AccessRule(Access access, Set<String> scopes, List<Set<String>> roles, List<NamedCheck> checks) {
        this(access, scopes, roles, checks, StepUp.none());
    }

    /** {@return the rule that lets everyone in} */
    public static AccessRule everyone() {
        return new AccessRule(Access.PUBLIC, Set.of(), List.of(), List.of());
    }

    /** {@return the rule that demands a verified identity and nothing more} */
    public static AccessRule authenticated() {
        return new AccessRule(Access.AUTHENTICATED, Set.of(), List.of(), List.of());
    }

    /** {@return the rule that lets nobody in} */
    public static AccessRule nobody() {
        return new AccessRule(Access.DENIED, Set.of(), List.of(), List.of());
    }

    /**
     * Returns an authenticated rule that demands all of the given scopes.
     *
     * @param scopes the scopes
     * @return the rule
     */
    public static AccessRule scopes(Collection<String> scopes) {
        return new AccessRule(Access.AUTHENTICATED, Set.copyOf(scopes), List.of(), List.of());
    }

    /**
     * Returns the rule that permits exactly what this one and the other both permit; nobody, if no credential could meet both.
     *
     * @param other the other rule
     * @return the conjunction
     */
    public AccessRule and(AccessRule other) {
        if (!stepUp.isCompatible(other.stepUp)) {
            return nobody();
        }
        Access stricter = access.compareTo(other.access) >= 0 ? access : other.access;
        Set<String> allScopes = new LinkedHashSet<>(scopes);
        allScopes.addAll(other.scopes);
        List<Set<String>> allRoles = new ArrayList<>(roles);
        allRoles.addAll(other.roles);
        Set<NamedCheck> allChecks = new LinkedHashSet<>(checks);
        allChecks.addAll(other.checks);
        return new AccessRule(stricter, allScopes, allRoles, List.copyOf(allChecks), stepUp.and(other.stepUp));
    }

    /** {@return whether a caller without a credential may call} */
    public boolean isPublic() {
        return access == Access.PUBLIC;
    }
}
